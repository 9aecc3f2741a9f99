package camera_test

import (
	"strings"
	"testing"

	"pkidstation/scanner/camera"
)

func TestShown(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"http://10.0.0.7:8080/video":          "http://10.0.0.7:8080/video",
		"http://admin:hunter2@10.0.0.7/video": "http://admin:•••@10.0.0.7/video",
		"http://hunter2@10.0.0.7/":            "http://hunter2:•••@10.0.0.7/",
		"https://a:hunter2@b@cam.example/v":   "https://a:•••@cam.example/v",
		"http://a:hun/ter2@cam.example/v":     "http://•••@cam.example/v",
		"http://cam.example/v?pwd=hunter2#x":  "http://cam.example/v?•••",
		"rtsp://a:hunter2@cam.example":        "rtsp://a:•••@cam.example",
		"admin:hunter2@cam.example/video":     "admin:•••@cam.example/video",
		"/srv/pictures":                       "/srv/pictures",
		"C:\\films\\a.y4m":                    "C:\\films\\a.y4m",
		"":                                    "",
	} {
		if got := camera.Shown(source); got != want {
			t.Errorf("Shown(%q) = %q, want %q", source, got, want)
		}
	}
}

// TestOpenRepeatsNoPassword: an address of another kind is no file's name.
func TestOpenRepeatsNoPassword(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"rtsp://a:hunter2@cam.example/v", "http://a:hunter2@[::1"} {
		if _, err := camera.Open(t.Context(), source, camera.Options{}); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", source, err)
		}
	}
}
