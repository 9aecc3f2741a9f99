package lists

// OrderOf is the order that a paper is made of.
var OrderOf = orderOf
