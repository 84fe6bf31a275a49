/** A form for each call that sends it from here and shows what came back. The key is nowhere but in its field. */

export function tryCalls() {
  const key = document.getElementById("key-text");
  document.getElementById("key").hidden = false;
  for (const form of document.querySelectorAll("[data-try]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, key.value.trim());
    });
  }
}

async function send(form, key) {
  const place = form.querySelector(".answer");
  place.replaceChildren(line("Sending …"));
  try {
    const answer = await fetch(address(form), options(form, key));
    const text = await answer.text();
    place.replaceChildren(line(`${answer.status} ${answer.statusText}`), ...(text ? [block(pretty(text))] : []));
  } catch {
    place.replaceChildren(line("The server cannot be reached."));
  }
}

function address(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("[data-place]")) {
    if (field.dataset.place === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(field.value.trim()));
    if (field.dataset.place === "query" && field.value) query.set(field.name, field.value);
  }
  return query.size ? `${path}?${query}` : path;
}

function options(form, key) {
  const headers = new Headers();
  for (const field of form.querySelectorAll('[data-place="header"]')) {
    if (field.value) headers.set(field.name, field.value);
  }
  if ("key" in form.dataset && key) headers.set("Authorization", `Bearer ${key}`);
  const body = form.querySelector("textarea");
  if (body?.value) headers.set("Content-Type", body.dataset.type);
  return { method: form.dataset.method, headers, body: body?.value || undefined, credentials: "omit" };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

function block(text) {
  const pre = document.createElement("pre");
  pre.tabIndex = 0;
  pre.textContent = text;
  return pre;
}
