// The icon: a ticket with its perforation, in the colour of the text around it.

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" aria-hidden="true" fill="none"
stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"><path d="M3 6h14a1 1 0 0 1 1 1v1.6a1.5 1.5 0 0 0 0
2.8V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-1.6a1.5 1.5 0 0 0 0-2.8V7a1 1 0 0 1 1-1ZM12.5 6.5v1.4M12.5 9.3v1.4M12.5
12.1v1.4"/></svg>`;

export function icon() {
  return new DOMParser().parseFromString(ICON, "image/svg+xml").documentElement;
}
