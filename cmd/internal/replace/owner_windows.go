package replace

import (
	"io/fs"
	"os"
)

// keepOwner does nothing: Windows gives a new file the rights of its folder.
func keepOwner(*os.File, fs.FileInfo) {}
