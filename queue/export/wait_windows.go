package export

// withoutWaiting: Windows has no pipes among its files.
const withoutWaiting = 0
