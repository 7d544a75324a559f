// A trap ends the page's program in the middle of what it did: nothing answers any more, and nothing says so. What is
// shown, and what was typed, is still there to be copied.
const tell = event => {
  const isTrap = ["RuntimeError", "RangeError"].includes((event.error ?? event.reason)?.name);
  if (!isTrap || document.getElementById("fault")) return;
  const note = document.createElement("p");
  note.id = "fault";
  note.className = "fault";
  note.setAttribute("role", "alert");
  note.textContent = "Tokenfall met a fault of its own and may not answer any more. Copy what you need, then reload the page.";
  document.body.append(note);
  for (const field of document.querySelectorAll("textarea, input")) field.readOnly = true;
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  // Nobody would read what still comes.
  stop();
};
addEventListener("error", tell);
addEventListener("unhandledrejection", tell);
