// The page that refuses a form because the session is over: its sign-in leads back to the form, with what was typed.

const link = document.querySelector("a[data-sign-in]");
const path = sessionStorage.getItem("admitone.typed");
if (link instanceof HTMLAnchorElement && path) {
  const next = encodeURIComponent(`${path}?kept=1`);
  link.href = `/auth/google/start?next=${next}`;
}
