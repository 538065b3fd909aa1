/** What `look` returns once it is something, asked again for `patience` milliseconds; a problem on the way is only told at their end. */
module.exports.until = async function until(what, look, patience = 20000) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (problem) {
      last = problem;
    }
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain for ${what}${last ? `: ${last.stack ?? last}` : ""}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};
