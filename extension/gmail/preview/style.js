// The preview's style. A mail is shown on white, as most recipients see it.

export const STYLE = `
  .preview { display: flex; flex-direction: column; gap: 4px; }
  .mail { max-height: 260px; overflow: auto; padding: 8px; border: 1px solid var(--line); border-radius: 10px;
    background: #ffffff; color: #222222; font: small/1.5 Arial, Helvetica, sans-serif; overflow-wrap: anywhere;
    color-scheme: light; contain: paint; }
  .mail a:not([style]) { color: #1155cc; text-decoration: underline; }
  .plain { white-space: pre-wrap; max-height: 160px; }
`;
