/** What the page does: it filters, and goes from finding to finding. Without it all findings are there all the same. */
export const SCRIPT = `
(() => {
  const form = document.getElementById('filters');
  if (form === null) return;
  form.hidden = false;
  const findings = [...document.querySelectorAll('.finding')];
  const sections = [...document.querySelectorAll('.file')];
  const count = document.getElementById('count');
  const toggle = document.getElementById('toggle');
  const { text, file } = form.elements;
  const texts = new Map(findings.map((one) => [one, (one.dataset.file + ' ' + one.textContent).toLowerCase()]));
  const chosen = (name) => new Set([...form.querySelectorAll('[name=' + name + ']:checked')].map(({ value }) => value));
  const visible = () => findings.filter(({ hidden }) => !hidden);

  const filter = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severities = chosen('severity');
    const rules = chosen('rule');
    for (const one of findings) {
      const { severity, rule, file: name } = one.dataset;
      one.hidden = !(
        severities.has(severity) &&
        (rules.size === 0 || rules.has(rule)) &&
        (file.value === '' || file.value === name) &&
        words.every((word) => texts.get(one).includes(word))
      );
    }
    for (const section of sections) section.hidden = section.querySelector('.finding:not([hidden])') === null;
    count.textContent = visible().length + ' of ' + findings.length + ' findings · / searches, j and k go from one to the next';
  };
  const relabel = () => {
    toggle.textContent = visible().some(({ open }) => open) ? 'Close all' : 'Open all';
  };
  const go = (step) => {
    const all = visible();
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const next = all[at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step];
    next?.querySelector('summary').focus();
  };

  form.addEventListener('input', () => { filter(); relabel(); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { filter(); relabel(); }));
  toggle.addEventListener('click', () => {
    const open = !visible().some((one) => one.open);
    for (const one of visible()) one.open = open;
    relabel();
  });
  for (const one of findings) one.addEventListener('toggle', relabel);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches('input[type=search], select')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (event.key === '/') { event.preventDefault(); text.focus(); }
    if (event.key === 'j') go(1);
    if (event.key === 'k') go(-1);
  });
  filter();
  relabel();
})();
`;

/** The script's SHA-256 in base 64, so that the page runs it and nothing else. */
export const SCRIPT_HASH = 'C2pQEgnPhr1JIQmotxbiptD4FK0kKOvDBeJ+FeatD6I=';
