// There is nothing to do at the start: the page calls what Exports.cs offers.
return;
