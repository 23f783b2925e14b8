import assert from 'node:assert/strict';
import { Window } from 'happy-dom';
import { html } from '../../server/formats/html.ts';
import { SCRIPT } from '../../server/formats/html-script.ts';
import { findingAt, reportOf, viewOf } from './report.ts';

/** Opens a report of four findings in two files, and runs its script. */
function openReport() {
  const window = new Window({ settings: { disableJavaScriptEvaluation: true } });
  const { document } = window;
  const findings = [
    findingAt('send(to);', { rule: 'shouting' }),
    findingAt('log', { rule: 'muttering', severity: 'warning', message: 'It mutters.' }),
    findingAt('to', { rule: 'muttering', severity: 'warning', file: '/home/shop/src/b.ts' }),
    findingAt('send', { rule: 'humming', severity: 'information', file: '/home/shop/src/b.ts' }),
  ];
  document.write(html(reportOf(findings), viewOf()));
  new Function('document', 'setTimeout', SCRIPT)(document, (work: () => void) => work());
  const one = (selector: string) => document.querySelector(selector) ?? assert.fail(selector);
  return {
    one,
    visible: () =>
      [...document.querySelectorAll('details.finding:not([hidden])')].map((finding) =>
        finding.getAttribute('data-rule'),
      ),
    sections: () => document.querySelectorAll('.file:not([hidden])').length,
    focused: () => document.activeElement?.closest('.finding')?.getAttribute('data-rule'),
    set: (selector: string, value: string | boolean) => {
      Object.assign(one(selector), typeof value === 'string' ? { value } : { checked: value });
      one('#filters').dispatchEvent(new window.Event('input'));
    },
    press: (key: string, on: ReturnType<typeof one> = document.body) => {
      const { KeyboardEvent } = window;
      on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    },
    click: (selector: string) => one(selector).dispatchEvent(new window.Event('click')),
    reset: () => {
      const form = one('#filters');
      if ('reset' in form && typeof form.reset === 'function') form.reset();
    },
  };
}

const ALL = ['shouting', 'muttering', 'muttering', 'humming'];

describe('what the HTML report does', () => {
  it('shows all at first, and how many', () => {
    const page = openReport();
    assert.deepEqual(page.visible(), ALL);
    assert.equal(page.one('#filters').hasAttribute('hidden'), false);
    assert.match(page.one('#count').textContent, /^4 of 4 findings/);
  });

  it('filters by severity, rule and file, and hides what is empty', () => {
    const page = openReport();
    page.set('[value=warning]', false);
    assert.deepEqual(page.visible(), ['shouting', 'humming']);
    page.set('[value=information]', false);
    assert.deepEqual(page.visible(), ['shouting']);
    assert.equal(page.sections(), 1);
    page.reset();
    assert.deepEqual(page.visible(), ALL);
    page.set('[value=humming]', true);
    page.set('[value=shouting]', true);
    assert.deepEqual(page.visible(), ['shouting', 'humming']);
    page.reset();
    page.set('[name=file]', 'src/b.ts');
    assert.deepEqual(page.visible(), ['muttering', 'humming']);
  });

  it('finds every word, in messages, code and names', () => {
    const page = openReport();
    page.set('[name=text]', 'MUTTERS it');
    assert.deepEqual(page.visible(), ['muttering']);
    page.set('[name=text]', 'häagen');
    assert.deepEqual(page.visible(), ['shouting', 'muttering', 'muttering']);
    page.set('[name=text]', 'b.ts nothing');
    assert.deepEqual(page.visible(), ['muttering', 'humming']);
    page.set('[name=text]', 'nowhere');
    assert.deepEqual(page.visible(), []);
    assert.match(page.one('#count').textContent, /^0 of 4 findings/);
  });

  it('goes from one to the next by keys, and to the search', () => {
    const page = openReport();
    page.press('j');
    assert.equal(page.focused(), 'shouting');
    page.set('[value=muttering]', true);
    page.press('k');
    assert.equal(page.focused(), 'muttering');
    page.press('/');
    const search = page.one('[name=text]');
    assert.equal(search.ownerDocument.activeElement, search);
    page.press('j', search);
    assert.equal(search.ownerDocument.activeElement, search);
    page.press('Escape', search);
    assert.notEqual(search.ownerDocument.activeElement, search);
  });

  it('closes and opens all that is shown', () => {
    const page = openReport();
    const open = () => page.one('body').querySelectorAll('.finding[open]').length;
    assert.equal(open(), 4);
    page.click('#toggle');
    assert.equal(open(), 0);
    assert.equal(page.one('#toggle').textContent, 'Open all');
    page.set('[name=file]', 'src/b.ts');
    page.click('#toggle');
    assert.equal(open(), 2);
  });
});
