package partnercenter

// Lanes is how many lanes there are at the moment.
func (c *Client) Lanes() int {
	c.lanes.mu.Lock()
	defer c.lanes.mu.Unlock()
	return len(c.lanes.open)
}
