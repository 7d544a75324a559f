// Runs before any other script of the page and before its policies: collects what must not happen.
window.__faults = [];
addEventListener("securitypolicyviolation", e => __faults.push("CSP " + e.violatedDirective + " " + e.blockedURI));
addEventListener("error", e => __faults.push("error " + e.message));
addEventListener("unhandledrejection", e => __faults.push("rejection " + e.reason));
