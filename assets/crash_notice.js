// A panic or a trap ends the page's program in the middle of what it did: nothing answers any more, and nothing says so.
// What is shown, and what was typed, is still there to be copied. src/browser/crash.rs reports a panic, with its message
// and place, before the trap that follows it; the first of the two is shown.
const PROGRAM_ERRORS = ["Panic", "RuntimeError", "RangeError"];

const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

// Selects the message where the page may not write to the clipboard, as over plain http.
const copy = async (message, button) => {
  try {
    await navigator.clipboard.writeText(message.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(message);
    button.textContent = "Selected, copy it now";
  }
};

const showNotice = event => {
  const error = event.error ?? event.reason;
  if (!PROGRAM_ERRORS.includes(error?.name) || document.getElementById("fault")) return;
  for (const field of document.querySelectorAll("textarea, input")) field.readOnly = true;
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  const notice = element("div", "fault", "");
  notice.id = "fault";
  notice.setAttribute("role", "alert");
  notice.append(element("p", "", "Tokenfall met a fault of its own and may not answer any more. Copy what you need, then reload the page."));
  if (error.name === "Panic") {
    const message = element("pre", "fault-message", error.message);
    message.dataset.testid = "crash-message";
    message.tabIndex = 0;
    const button = element("button", "button quiet", "Copy this message for a report");
    button.dataset.testid = "crash-copy";
    button.addEventListener("click", () => copy(message, button));
    notice.append(message, button);
  }
  document.body.append(notice);
  // Nobody would read what still comes.
  stop();
};
addEventListener("error", showNotice);
addEventListener("unhandledrejection", showNotice);
