// Tells the server the browser's time zone: in links and forms that lead to signing in, and where it asks for it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const link of document.querySelectorAll("a[data-zone]")) {
  if (!(link instanceof HTMLAnchorElement)) continue;
  const address = new URL(link.href);
  address.searchParams.set("timezone", zone);
  link.href = address.href;
}
for (const field of document.querySelectorAll("input[data-zone], select[data-zone]")) {
  if (field instanceof HTMLInputElement) field.value = zone;
  if (field instanceof HTMLSelectElement) choose(field);
}

/**
 * Choose the zone and send it at once, so that it is right even if the user leaves without pressing a button.
 * @param {HTMLSelectElement} field
 */
function choose(field) {
  const before = field.value;
  field.value = zone;
  if (!field.value) field.value = before; // a zone that this server does not offer
  if (field.value === before || !field.form) return;
  const fields = new URLSearchParams({ later: "1" });
  for (const [name, value] of new FormData(field.form)) if (typeof value === "string") fields.set(name, value);
  void fetch(field.form.action, { method: "POST", body: fields, redirect: "manual", keepalive: true }).catch(() => {});
}
