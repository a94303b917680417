// Everything is called from the page: see Exports.cs.
