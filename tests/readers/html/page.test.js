// The page in a real browser. Each test opens pages that the program has just written; see `run`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const sites = ['site/index', 'site/2016-01/index', 'site/2016-01/quarterly-report', 'site/indicators/9', 'site-hostile/index'];
const pages = ['kent', 'areas', 'formats', 'hostile', 'trend', 'indicators', ...sites];
const widths = [320, 768, 1024, 1440];
// How long anything may take: much longer than it does, for a machine that has other things to do.
const timeout = 120_000;
const address = (name) => new URL(`${name}.html`, import.meta.url).href;

let browser;
before(async () => {
  const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: quiet, timeout });
});
after(() => browser.close());

// Opens a page, does `work` with it, and fails on anything that the browser complains of.
async function open(name, options, work) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (request.url().split('#')[0] !== address(name) && !request.url().startsWith('blob:')) complaints.push(`asked for ${request.url()}`); });
  await page.goto(`${address(name)}${options.hash ?? ''}`);
  const result = await work(page);
  assert.deepEqual(complaints, [], `${name}: the browser complains`);
  await context.close();
  return result;
}

// What axe-core finds, in words.
async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
}

// Without its script the page is what is left of the file without it: then axe-core can look at it all the same.
async function withoutScript(page, name) {
  const html = await readFile(new URL(`${name}.html`, import.meta.url), 'utf8');
  await page.route(address(name), (route) => route.fulfill({ contentType: 'text/html', body: html.replace(/<script>[^]*<\/script>/, '') }));
  await page.reload();
  assert.equal(await page.locator('button').count(), 0);
}

// The sample at every width, with the script and without; the others where they differ from it.
const looks = [
  ...widths.map((width) => ['kent', width, 'light', 'both']),
  ['kent', 1440, 'dark', 'with'],
  ['areas', 1440, 'light', 'with'],
  ['formats', 320, 'light', 'with'],
  ['formats', 1440, 'dark', 'both'],
  ['hostile', 320, 'light', 'both'],
  ['hostile', 1440, 'light', 'with'],
  ['trend', 320, 'light', 'with'],
  ['trend', 1024, 'dark', 'both'],
  ['indicators', 320, 'light', 'with'],
  ['indicators', 1440, 'dark', 'both'],
  ['site/index', 320, 'light', 'both'],
  ['site/index', 1440, 'dark', 'both'],
  ['site/2016-01/index', 1024, 'light', 'with'],
  ['site/indicators/9', 320, 'dark', 'with'],
  ['site-hostile/index', 320, 'light', 'with'],
];
for (const [name, width, colorScheme, scripts] of looks) {
  test(`axe-core finds nothing: ${name}, ${width} wide, ${colorScheme}`, async () => {
    await open(name, { viewport: { width, height: 900 }, colorScheme }, async (page) => {
      assert.deepEqual(await violations(page), [], 'with the script');
      if (scripts === 'both') {
        await withoutScript(page, name);
        assert.deepEqual(await violations(page), [], 'without it');
      }
    });
  });
}

for (const name of pages) {
  test(`nothing scrolls sideways but tables: ${name}`, async () => {
    for (const width of widths) {
      await open(name, { viewport: { width, height: 900 } }, async (page) => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        const outside = await page.evaluate(() => [...document.querySelectorAll('main *')]
          .filter((element) => !element.closest('.scroll, .chart, svg') && element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 120)));
        assert.deepEqual(outside, []);
      });
    }
  });

  test(`the validator finds nothing: ${name}`, async () => {
    const validator = new HtmlValidate({
      root: true,
      extends: ['html-validate:recommended', 'html-validate:a11y'],
      rules: {
        // The title of the papers is what it is; and the style is laid out for those who read it.
        'long-title': 'off',
        'no-trailing-whitespace': 'off',
        // A region of its own for each table would bury the parts of the page.
        'prefer-native-element': ['error', { exclude: ['group'] }],
      },
    });
    const { results } = await validator.validateFile(new URL(`${name}.html`, import.meta.url).pathname);
    assert.deepEqual(results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)), []);
  });

  test(`every link leads somewhere on the page, and no id is there twice: ${name}`, async () => {
    await open(name, { javaScriptEnabled: false }, async (page) => {
      const [lost, twice, count] = await page.evaluate(() => {
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
        const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'));
        const labels = [...document.querySelectorAll('[aria-labelledby]')].map((element) => `#${element.getAttribute('aria-labelledby')}`);
        const known = new Set(ids.map((id) => `#${id}`));
        const within = links.filter((link) => link.startsWith('#'));
        return [[...within, ...labels].filter((link) => !known.has(link)), ids.filter((id, index) => ids.indexOf(id) !== index), links.length];
      });
      assert.deepEqual([lost, twice], [[], []]);
      assert.ok(count > (sites.includes(name) ? 3 : 10));
    });
  });
}

test('a reader gets from the first page of a site to every other and back, without a script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const root = new URL('site/', import.meta.url).href;
  const seen = new Set();
  const ahead = [`${root}index.html`];
  while (ahead.length) {
    const next = ahead.pop();
    if (seen.has(next)) continue;
    seen.add(next);
    await page.goto(next);
    const links = await page.evaluate(() => [...document.querySelectorAll('a')].map(({ href }) => href.split('#')[0]));
    for (const link of links) {
      assert.ok(link.startsWith(root), `${next} leads to ${link}`);
      ahead.push(link);
    }
    assert.ok(links.includes(`${root}index.html`), `${next} leads back`);
  }
  // Five months with a product each, 44 indicators and the first page.
  assert.equal(seen.size, 55);
  await context.close();
});

test('a printed page of a site has no links to others', async () => {
  await open('site/indicators/9', {}, async (page) => {
    assert.ok(await page.locator('nav.site a').isVisible());
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('nav.site a').isVisible(), false);
  });
});

// The rows of a table: the visible text of each shown cell by its heading.
const table = (page, id) => page.evaluate((id) => {
  const table = document.getElementById(id).querySelector('table');
  const text = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('sup, .id, .detail, .unseen, [aria-hidden]').forEach((mark) => mark.remove());
    return copy.textContent.trim();
  };
  const groups = [];
  [...table.tHead.rows].forEach((row) => {
    let column = 0;
    [...row.cells].forEach((head) => {
      while (row.rowIndex > 0 && groups[column]?.done) column += 1;
      for (let index = 0; index < head.colSpan; index += 1) {
        const heading = head.dataset.heading ?? [groups[column]?.heading, text(head)].filter(Boolean).join(' ');
        groups[column] = { heading, done: head.rowSpan > 1 || head.scope === 'col' };
        column += 1;
      }
    });
  });
  let section = '';
  const rows = [];
  for (const row of table.querySelectorAll('tbody tr')) {
    if (row.classList.contains('section')) { section = text(row); continue; }
    if (row.hidden) continue;
    // What has no column of its own here stands in another: the id before the name, the counts below the result.
    const below = [...row.querySelectorAll('.detail [data-heading]')].map((part) => [part.dataset.heading, part.textContent]);
    rows.push({ section, ID: row.querySelector('.id')?.textContent, Number: '-', 'Out of': '-', ...Object.fromEntries(below), ...Object.fromEntries([...row.cells].map((cell, index) => [groups[index].heading, text(cell)])) });
  }
  return rows;
}, id);

async function published(name) {
  const text = await readFile(`${process.env.PUBLISHED}/${name}.csv`, 'utf8');
  const records = text.trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
    .map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"'))));
  const [header, ...rows] = records;
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

const RATINGS = { G: 'Green', A: 'Amber', R: 'Red' };
const WAYS = { improved: 'Improved', same: 'The same', worsened: 'Worsened' };
const plain = (text) => text.replaceAll(',', '');

test('every published figure of the scorecard is in its cell', async () => {
  const rows = await open('kent', {}, (page) => table(page, 'scorecard'));
  const expected = await published('published-scorecard');
  assert.equal(rows.length, 44);
  expected.forEach((figure, index) => {
    const row = rows[index];
    assert.deepEqual(
      [row.ID, row.section, row.Indicators, row['Latest Result'], row['RAG Status'], row.Number, row['Out of'], row['Target for 2015/16'],
        row['Previous Reported Result (Dec 2015)'], row['Outturn (March 2015) Result'], row['Change on outturn']].map(plain),
      [figure.id, figure.section, figure.indicator, figure.latest_result, RATINGS[figure.rag], figure.num, figure.denom, figure.target_2015_16,
        figure.previous_result, figure.outturn_march_2015, WAYS[figure.dot_outturn]].map((text) => plain(text) || '-'),
    );
    // 13 is printed with a down arrow and counted as the same in the paper's own summary: it is 100.0% both times.
    assert.equal(row['Change on last month'], figure.id === '13' ? 'The same' : WAYS[figure.dot_previous], figure.id);
  });
});

test('every published figure of the impact of a cohort is in its cell', async () => {
  const rows = await open('kent', {}, (page) => table(page, 'impact-of-uasc'));
  const expected = await published('published-impact-of-uasc');
  assert.ok(expected.length > 20 && rows.length === expected.length);
  expected.forEach((figure, index) => {
    const row = rows[index];
    const of = (which) => ['Result', 'RAG', 'Number', 'Out of'].map((what) => plain(row[`${which} UASC ${what}`]));
    // The paper has a % sign where the page says that it is percentage points.
    const variance = plain(row['Variance (percentage points)']).replace(' points', '%');
    assert.deepEqual([row.section, row.Indicators, variance], [figure.group, figure.indicator, plain(figure.variance)]);
    assert.deepEqual(of('Including'), [figure.including_result, RATINGS[figure.including_rag], figure.including_num, figure.including_denom]);
    assert.deepEqual(of('Excluding'), [figure.excluding_result, RATINGS[figure.excluding_rag], figure.excluding_num, figure.excluding_denom]);
  });
});

test('every published figure of activity is in its cell', async () => {
  const rows = await open('kent', {}, (page) => table(page, 'activity'));
  const expected = await published('published-activity');
  assert.equal(rows.length, 28);
  expected.forEach(({ unit, parent, ...figures }, index) => {
    assert.equal(rows[index]['Area or team'], unit);
    for (const [heading, figure] of Object.entries(figures)) {
      assert.equal(plain(rows[index][heading]), figure, `${unit}, ${heading}`);
    }
  });
});

test('every published trend is in its table, and drawn', async () => {
  const expected = await published('published-trend');
  await open('kent', {}, async (page) => {
    const reports = await page.evaluate(() => [...document.querySelectorAll('.report')].map((report) => ({
      id: report.querySelector('h3').textContent.match(/\(indicator\s(.+)\)$/)[1],
      rows: [...report.querySelectorAll('tbody tr')].map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent.trim())),
      marks: [...report.querySelectorAll('.mark text')].map((mark) => mark.textContent),
      label: report.querySelector('svg').getAttribute('aria-label'),
    })));
    assert.equal(reports.length, 6);
    for (const { id, rows, marks, label } of reports) {
      const trend = expected.filter((point) => point.id === id);
      assert.deepEqual(rows.map(([, result, rating, target]) => [result, rating, target]), trend.map(({ result, rag, target }) => [result, RATINGS[rag], target]));
      assert.deepEqual(marks, trend.map(({ rag }) => rag));
      for (const { result, rag } of trend) assert.ok(label.includes(`${result}, ${RATINGS[rag]}`), label);
    }
  });
});

const shownIds = async (page, id) => (await table(page, id)).map((row) => row.ID);

test('a table is filtered by section and rating, and says so', async () => {
  await open('kent', {}, async (page) => {
    const tools = page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' });
    const status = tools.getByRole('status');
    await tools.getByLabel('Rating').selectOption('Red');
    assert.deepEqual(await shownIds(page, 'scorecard'), ['9', '19', '24', '28', '30', '31']);
    assert.equal(await status.textContent(), '6 of 44 rows shown.');
    await tools.getByLabel('Section').selectOption('CHILDREN IN CARE');
    assert.deepEqual(await shownIds(page, 'scorecard'), ['19', '24']);
    assert.deepEqual(await page.locator('#scorecard tr.section:visible').allTextContents(), ['CHILDREN IN CARE']);
    assert.deepEqual(await violations(page), []);
    await tools.getByRole('button', { name: 'Show all' }).click();
    assert.equal((await shownIds(page, 'scorecard')).length, 44);
    assert.equal(await status.textContent(), 'All 44 rows shown, as published.');
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'select');
  });
});

test('an area is picked by its rows, its columns or its pages', async () => {
  await open('kent', {}, async (page) => {
    const areas = page.getByRole('group', { name: 'Filter Indicators by area, January 2016' });
    await areas.getByRole('combobox', { name: 'Area', exact: true }).selectOption('North Kent');
    await areas.getByLabel('Rating').selectOption('Red');
    assert.deepEqual(await page.locator('#indicators-by-area thead th:visible, #areas thead th:visible').allTextContents(), ['Indicators', 'North Kent']);
    const ratings = await page.locator('#areas tbody tr:not(.section) .tag:visible').evaluateAll((tags) => tags.map((tag) => tag.dataset.rating));
    assert.ok(ratings.length > 0 && ratings.every((rating) => rating === 'Red'), `${ratings}`);
    const impact = page.getByRole('group', { name: 'Filter Impact of UASC, January 2016' });
    await impact.getByRole('combobox', { name: 'Area', exact: true }).selectOption('East Kent');
    const sections = (await table(page, 'impact-of-uasc')).map((row) => row.section);
    assert.ok(sections.length > 0 && sections.every((section) => section.endsWith('EAST KENT')), `${sections}`);
  });
  await open('areas', {}, async (page) => {
    await page.getByLabel('Pages about').selectOption('North Kent');
    const titles = await page.locator('.page:visible > h2').allTextContents();
    assert.ok(titles.includes('Scorecard: North Kent') && !titles.includes('Scorecard: Kent') && titles.includes('Activity'), `${titles}`);
    // A link to what is hidden shows it again.
    await page.evaluate(() => { const link = document.createElement('a'); link.href = '#scorecard'; link.textContent = 'go'; document.querySelector('main').prepend(link); });
    await page.getByText('go', { exact: true }).click();
    assert.ok(await page.locator('#scorecard').isVisible());
  });
});

test('a column is sorted, by keyboard, and put back', async () => {
  await open('kent', {}, async (page) => {
    const head = page.locator('#scorecard thead th').filter({ hasText: 'RAG Status' });
    const button = head.getByRole('button');
    await button.focus();
    await page.keyboard.press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    assert.deepEqual((await shownIds(page, 'scorecard')).slice(0, 7), ['9', '19', '24', '28', '30', '31', '2']);
    await page.keyboard.press('Space');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.equal((await table(page, 'scorecard'))[0]['RAG Status'], 'Green');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), null);
    assert.deepEqual(await shownIds(page, 'scorecard'), Array.from({ length: 44 }, (_, index) => String(index + 1)));
    // Numbers are sorted as numbers, those not rounded: 4 is at 98.107% and shows as 98.1%. What is missing comes last.
    const targets = page.locator('#scorecard thead th').filter({ hasText: /^Target/ });
    await targets.getByRole('button').click();
    const shown = (await table(page, 'scorecard')).map((row) => row['Target for 2015/16']);
    const numbers = shown.map((text) => Number(plain(text).replace('%', '')));
    assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
    assert.ok(numbers.length === 44 && numbers.every((number) => !Number.isNaN(number)));
  });
  await open('formats', {}, async (page) => {
    await page.locator('#scorecard thead th').filter({ hasText: /^Latest Result/ }).getByRole('button').click();
    const shown = (await table(page, 'scorecard')).map((row) => row['Latest Result']);
    const missing = shown.filter((text) => text === '-').length;
    assert.ok(missing > 0 && shown.slice(-missing).every((text) => text === '-'), `${shown}`);
  });
});

test('cards on a phone are sorted too', async () => {
  await open('kent', { viewport: { width: 390, height: 800 } }, async (page) => {
    const tools = page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' });
    await tools.getByLabel('Sort by').selectOption('RAG Status, lowest first');
    assert.equal((await shownIds(page, 'scorecard'))[0], '9');
    assert.equal(await page.locator('#scorecard thead').isVisible(), false);
    assert.deepEqual(await violations(page), []);
  });
});

test('on a phone the summary says what is red in little more than a screen', async () => {
  await open('kent', { viewport: { width: 390, height: 844 } }, async (page) => {
    const [contents, bottoms, nothing] = await page.evaluate(() => {
      const reds = [...document.querySelectorAll('#summary tbody')].filter((body) => body.querySelector('.section').textContent.trim() === 'Red').flatMap((body) => [...body.rows].slice(1));
      const visible = (cell) => cell.offsetParent !== null;
      return [
        document.querySelector('.contents details').open,
        reds.map((row) => row.querySelector('.tag').getBoundingClientRect().bottom),
        reds.flatMap((row) => [...row.cells].filter(visible).map((cell) => cell.textContent.trim())).filter((text) => text === '-').length,
      ];
    });
    assert.equal(contents, false);
    assert.equal(nothing, 0);
    assert.equal(bottoms.length, 6);
    assert.ok(bottoms[2] < 844 && bottoms[5] < 1.5 * 844, `${bottoms}`);
    // A link to the contents opens them.
    await page.locator('.back a').first().click();
    assert.ok(await page.locator('.contents a').first().isVisible());
  });
});

test('of many months the last ones are seen first', async () => {
  for (const width of [320, 1024]) {
    await open('trend', { viewport: { width, height: 800 } }, async (page) => {
      const [scrolled, room] = await page.locator('#trend .scroll').first().evaluate((one) => [one.scrollLeft + one.clientWidth, one.scrollWidth]);
      assert.ok(Math.abs(scrolled - room) < 2, `${width} wide: ${scrolled} of ${room}`);
    });
  }
});

test('the working of a figure opens where the reader is, and closes', async () => {
  await open('kent', {}, async (page) => {
    const result = page.locator('#scorecard a.working').nth(18);
    assert.equal(await result.textContent(), '12.3%');
    await result.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    assert.match(await dialog.getByRole('heading', { level: 3 }).textContent(), /^Working of CIC Placement Stability.*\(indicator\s19\)/);
    assert.match(await dialog.textContent(), /291 ÷ 2,374 × 100/);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    assert.equal(await dialog.count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '12.3%');
    assert.match(await page.locator('#working-19').textContent(), /291 ÷ 2,374 × 100/);
  });
});

test('without a script a result leads to its working', async () => {
  await open('kent', { javaScriptEnabled: false }, async (page) => {
    await page.locator('#scorecard a.working').nth(18).click();
    assert.match(page.url(), /#working-19$/);
    const working = page.locator('#working-19');
    assert.ok(await working.isVisible());
    await working.locator('summary').click();
    assert.match(await working.locator('.prose').first().innerText(), /291 ÷ 2,374 × 100/);
    assert.equal(await page.locator('.tools, dialog').count(), 0);
  });
});

test('the keyboard reaches the content, and tables that scroll', async () => {
  await open('kent', { viewport: { width: 768, height: 900 } }, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the main content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    const [scrolling, still] = await page.evaluate(() => [...document.querySelectorAll('.scroll')].filter((one) => !one.closest('details'))
      .reduce((counts, one) => { counts[one.scrollWidth > one.clientWidth + 1 ? 0 : 1].push(one.tabIndex); return counts; }, [[], []]));
    assert.ok(scrolling.length > 1 && scrolling.every((index) => index === 0), `${scrolling}`);
    assert.ok(still.length > 1 && still.every((index) => index === -1), `${still}`);
  });
});

test('footnotes are linked both ways', async () => {
  await open('kent', {}, async (page) => {
    const broken = await page.evaluate(() => [...document.querySelectorAll('.notes a')].filter((back) => {
      const mark = document.querySelector(back.getAttribute('href'));
      return mark?.getAttribute('href') !== `#${back.closest('li').id}`;
    }).length);
    assert.equal(broken, 0);
    const marks = await page.locator('sup a').count();
    assert.ok(marks > 40);
  });
});

test('hostile names and commentary are text', async () => {
  await open('hostile', {}, async (page) => {
    const found = await page.evaluate(() => ({
      scripts: document.querySelectorAll('script').length,
      strange: [...document.querySelectorAll('img, iframe, object, b, code, [href^="javascript"], [onclick], [onerror], [onload], [onfocus], [autofocus]')].map((one) => one.outerHTML),
      h1: [...document.querySelectorAll('h1')].map((one) => one.textContent),
      text: document.body.textContent,
    }));
    assert.deepEqual([found.scripts, found.strange], [1, []]);
    assert.deepEqual(found.h1, ['</title><script>steal()</script> & "Scorecard" \'1\'']);
    for (const name of ['"><img src=x onerror=steal()>', '</script><script>steal()</script>', '{{7+7}}', '<td onclick="steal()">', '</table><h1>Section<h1>']) {
      assert.ok(found.text.includes(name), name);
    }
  });
});

test('the browser runs nothing that the page does not come with', async () => {
  const context = await browser.newContext();
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const html = await readFile(new URL('kent.html', import.meta.url), 'utf8');
  const injected = '<script>window.ran = true</script><img src="x" onerror="window.ran = true"><style>h1 { display: none }</style><p id="styled" style="color: red">';
  await page.route(address('kent'), (route) => route.fulfill({ contentType: 'text/html', body: html.replace('<main', `${injected}<main`) }));
  await page.goto(address('kent'));
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(await page.locator('h1').isVisible());
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.getElementById('styled')).color), 'rgb(255, 0, 0)');
  // What it comes with does run.
  assert.ok(await page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' }).isVisible());
  await context.close();
});

test('on paper: landscape, headings on every sheet, a report a sheet', async () => {
  await open('kent', {}, async (page) => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    assert.ok(sheets.length >= 12 && sheets.length <= 45, `${sheets.length} sheets`);
    assert.ok(sheets.every(([, width, height]) => Number(width) > Number(height)));
    await page.emulateMedia({ media: 'print' });
    const [breaks, repeats] = await page.evaluate(() => [
      [...document.querySelectorAll('.report + .report')].map((one) => getComputedStyle(one).breakBefore),
      [...document.querySelectorAll('main .page > .part thead')].map((one) => getComputedStyle(one).display),
    ]);
    assert.ok(breaks.length === 5 && breaks.every((one) => one === 'page'), `${breaks}`);
    assert.ok(repeats.length > 5 && repeats.every((one) => one === 'table-header-group'), `${repeats}`);
  });
});

test('every table fits a laptop, and the headings of the scorecard stay at the top of the window', async () => {
  for (const width of [1024, 1280, 1369, 1370, 1440]) {
    await open('kent', { viewport: { width, height: 800 } }, async (page) => {
      const wide = await page.evaluate(() => [...document.querySelectorAll('.page > .part > .scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.closest('.page').id));
      assert.deepEqual(wide, [], `${width} wide`);
      const [needed, room] = await page.locator('#scorecard .scroll').first().evaluate((one) => [one.scrollWidth, one.clientWidth]);
      assert.ok(needed <= room, `${width} wide: ${needed} of ${room}`);
      await page.locator('#scorecard tbody tr').nth(30).evaluate((row) => row.scrollIntoView({ block: 'center' }));
      const top = await page.locator('#scorecard thead').first().evaluate((head) => head.getBoundingClientRect().top);
      assert.equal(top, 0, `${width} wide`);
    });
  }
});

test('a date stays on one line, and a number apart from the text beside it', async () => {
  for (const width of [768, 1280]) {
    await open('site/index', { viewport: { width, height: 900 } }, async (page) => {
      const { dates, broken, gaps } = await page.evaluate(() => {
        const ink = (cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return range;
        };
        const dates = [...document.querySelectorAll('.whole')].map(ink);
        const beside = [...document.querySelectorAll('td.number + td.text')];
        return {
          dates: dates.length,
          broken: dates.filter((date) => new Set([...date.getClientRects()].map((line) => Math.round(line.top))).size > 1).map(String),
          gaps: beside.map((cell) => ink(cell).getBoundingClientRect().left - ink(cell.previousElementSibling).getBoundingClientRect().right),
        };
      });
      assert.ok(dates >= 15 && gaps.length >= 8, `${dates} and ${gaps}`);
      assert.deepEqual(broken, [], `${width}`);
      assert.ok(Math.min(...gaps) >= 14, `${width}: ${gaps}`);
    });
  }
});

test('headings and names stay over their own columns and rows, however far a table is scrolled', async () => {
  for (const [name, id, width] of [['kent', 'activity', 768], ['kent', 'activity', 320], ['trend', 'trend', 320], ['areas', 'areas', 320]]) {
    await open(name, { viewport: { width, height: 700 } }, async (page) => {
      const found = await page.locator(`#${id} .scroll`).first().evaluate((region) => {
        region.scrollTo(250, 400);
        const table = region.querySelector('table');
        const box = (element) => element.getBoundingClientRect();
        const rows = [...table.querySelectorAll('tbody tr:not(.section)')];
        const row = rows.find((one) => box(one).top > box(region).top + 200) ?? rows.at(-1);
        const heads = [...table.tHead.querySelectorAll('th[scope="col"]')].filter((head) => !head.classList.contains('row')).sort((a, b) => box(a).left - box(b).left);
        const cells = [...row.querySelectorAll('td')];
        return {
          scrolled: region.scrollLeft,
          apart: heads.map((head, index) => Math.abs(box(head).left - box(cells[index]).left)),
          top: box(table.tHead).top - box(region).top,
          left: box(row.querySelector('th')).left - box(region).left,
          corner: box(table.tHead.querySelector('th.row')).left - box(region).left,
          share: box(row.querySelector('th')).width / region.clientWidth,
        };
      });
      const where = `${name} ${id}, ${width} wide`;
      assert.ok(found.scrolled > 100, where);
      assert.ok(found.apart.length >= 3 && found.apart.every((apart) => apart < 1), `${where}: ${found.apart}`);
      assert.ok(Math.abs(found.top) < 1 && Math.abs(found.left) < 1 && Math.abs(found.corner) < 1, `${where}: ${JSON.stringify(found)}`);
      assert.ok(found.share < 0.55, `${where}: the names take ${found.share}`);
    });
  }
});

test('what is chosen is in the address, and comes back with it', async () => {
  const hash = await open('kent', {}, async (page) => {
    const tools = page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' });
    await tools.getByLabel('Rating').selectOption('Red');
    await page.locator('#scorecard thead th').filter({ hasText: 'RAG Status' }).getByRole('button').click();
    return new URL(page.url()).hash;
  });
  assert.match(hash, /^#\?scorecard_table-1-1\.rating=Red/);
  await open('kent', { hash }, async (page) => {
    assert.deepEqual(await shownIds(page, 'scorecard'), ['9', '19', '24', '28', '30', '31']);
    assert.equal(await page.locator('#scorecard [aria-sort]').getAttribute('aria-sort'), 'ascending');
    await page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' }).getByRole('button', { name: 'Show all' }).click();
    assert.equal(new URL(page.url()).hash, '');
  });
  // What an address may say is no more than what can be chosen.
  await open('kent', { hash: '#?scorecard_table-1-1.rating=Blue&scorecard_table-1-1.sort=99+sideways&x' }, async (page) => {
    assert.equal((await shownIds(page, 'scorecard')).length, 44);
  });
});

// What a button writes, as records.
async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Download as CSV: ${name}` }).click()]);
  const text = (await readFile(await download.path(), 'utf8')).replace(/^\ufeff/, '');
  return [download.suggestedFilename(), text.trim().split('\r\n').map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell.replaceAll('""', '"')))];
}

test('a table is written as CSV, as it is shown', async () => {
  await open('kent', {}, async (page) => {
    const tools = page.getByRole('group', { name: 'Filter Scorecard: Kent, January 2016' });
    await tools.getByLabel('Rating').selectOption('Red');
    const [file, [header, ...rows]] = await downloaded(page, 'Scorecard: Kent, January 2016');
    assert.equal(file, 'scorecard-kent-january-2016.csv');
    const of = (row, heading) => row[header.indexOf(heading)];
    assert.deepEqual(rows.map((row) => of(row, 'ID')), ['9', '19', '24', '28', '30', '31']);
    assert.deepEqual(['Section', 'Latest Result', 'Number', 'Out of', 'RAG Status'].map((heading) => of(rows[0], heading)), ['PRIVATE FOSTERING', '68.4%', '39', '57', 'Red']);
    const [, [heads]] = await downloaded(page, 'Activity, January 2016');
    assert.deepEqual(heads.slice(0, 5), ['Area or team', 'Caseloads - This month', 'Caseloads - Change', 'Caseloads - Last month', 'Referrals in last month']);
  });
  await open('trend', {}, async (page) => {
    const [, [header, ...rows]] = await downloaded(page, 'Trend: Ashmere, up to March 2016');
    const row = rows.find((one) => one[header.indexOf('ID')] === 'A4');
    assert.deepEqual([row[header.indexOf('March 2016')], row[header.indexOf('March 2016 RAG')]], ['23.0%', 'Red']);
  });
  await open('hostile', {}, async (page) => {
    const buttons = await page.getByRole('button', { name: /^Download as CSV: Scorecard/ }).first().getAttribute('aria-label');
    const [, rows] = await downloaded(page, buttons.replace('Download as CSV: ', ''));
    assert.ok(rows.flat().every((cell) => !/^\s*[=@]/.test(cell)), `${rows}`);
  });
});

test('every line of a chart has a contrast of 3 to 1 in the dark', async () => {
  const lines = [];
  for (const name of ['kent', 'trend']) {
    lines.push(...await open(name, { colorScheme: 'dark' }, (page) => page.evaluate(() => {
      const light = (colour) => {
        const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => Number(part) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const contrast = (one, other) => {
        const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
      };
      const paper = getComputedStyle(document.body).backgroundColor;
      const zone = document.querySelector('.chart .zone');
      const grounds = zone ? [paper, getComputedStyle(zone).fill] : [paper];
      return [...document.querySelectorAll('.chart svg > path, .sparkline path')].map((path) => ({
        class: path.getAttribute('class') || 'sparkline',
        least: Math.min(...grounds.map((ground) => contrast(getComputedStyle(path).stroke, ground))),
      }));
    })));
  }
  const kinds = new Set(lines.map((line) => line.class));
  for (const kind of ['grid', 'target', 'floor', 'mean', 'usual', 'rebase', 'result', 'sparkline']) assert.ok(kinds.has(kind), kind);
  assert.deepEqual(lines.filter(({ least }) => least < 3), []);
});

test('a chart says its trend, and names each line at its right end, outside the plot', async () => {
  for (const name of ['kent', 'trend', 'indicators']) {
    await open(name, {}, async (page) => {
      const charts = await page.evaluate(() => [...document.querySelectorAll('.chart')].map((chart) => {
        const svg = chart.querySelector('svg').getBoundingClientRect();
        const box = (element) => element.getBoundingClientRect();
        const grid = box(chart.querySelector('.grid'));
        const ends = [...chart.querySelectorAll('.end')].map(box);
        return {
          title: chart.querySelector('figcaption').textContent,
          inPlot: ends.filter((end) => end.left < grid.right).length,
          cut: ends.filter((end) => end.right > svg.right + 1 || end.top < svg.top - 1).length,
          over: ends.some((end, index) => ends.some((other, at) => at > index && end.top < other.bottom - 3 && other.top < end.bottom - 3)),
          months: (() => { const months = [...chart.querySelectorAll('.month')].map(box); return months.some((one, index) => index > 0 && one.left < months[index - 1].right); })(),
        };
      }));
      assert.ok(charts.length > 5);
      for (const chart of charts) {
        assert.ok(chart.title.split(/\s+/).length <= 15, chart.title);
        assert.deepEqual([chart.inPlot, chart.cut, chart.over, chart.months], [0, 0, false, false], chart.title);
      }
    });
  }
});
