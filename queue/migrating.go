package queue

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"go.etcd.io/bbolt"
)

// migrate brings an earlier file to the schema of now: all of it or nothing, and
// not before there is a copy of what it was. Laying it out again makes the buckets
// that it lacks and leaves the others.
func migrate(db *bbolt.DB) error {
	version := ""
	if err := lookAt(db, func(tx *transaction) error {
		version = string(in(tx, bucketMeta).Get([]byte("schema")))
		return nil
	}); err != nil || version == strconv.Itoa(schemaVersion) {
		return err
	}
	if err := keepBefore(db, version); err != nil {
		return err
	}
	if err := numberNames(db); err != nil {
		return err
	}
	return update(db, func(tx *transaction) error {
		if err := layOut(tx); err != nil {
			return err
		}
		return reindex(tx)
	})
}

// keepBefore copies the file beside itself, as it is before it gets another
// schema: queue.db.schema-3, say. A copy that is there already is the first one,
// and stays.
func keepBefore(db *bbolt.DB, version string) error {
	path := db.Path() + ".schema-" + version
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	fresh := path + ".new"
	err := db.View(func(tx *bbolt.Tx) error { return tx.CopyFile(fresh, 0o600) })
	if err == nil {
		err = syncFile(fresh)
	}
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return fmt.Errorf("keeping the queue as it was before: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}
