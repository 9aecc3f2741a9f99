package queue

// records: of what no other look reads, each record is as it was written, and stands
// where it says.
func (c *checker) records() error {
	for _, bucket := range []string{
		bucketCustomer, bucketLearnt, bucketPause, bucketSupervisor, bucketSetting, bucketAnnouncement,
	} {
		b := in(c.tx, bucket)
		if b == nil {
			continue // a file of an earlier schema, opened for looking only
		}
		if err := b.ForEach(func(k, v []byte) error {
			if _, err := indexesOf(c.tx, bucket, k, v); err != nil {
				c.add("%v", err)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
