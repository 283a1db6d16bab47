
// What the page can do besides being read: filter and sort its tables, keep that in its address, write a table as CSV, choose
// an area, open a working.
// Without this script everything is on the page, and a result leads to its working further down.
(() => {
  'use strict';

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const textOf = (element) => element.textContent.trim();
  const unique = (values) => [...new Set(values)];

  // A labelled choice; `choices` are texts, each its own value.
  const choice = (label, all, choices, change) => {
    const select = make('select', {}, make('option', { value: '', textContent: all }));
    choices.forEach((text) => select.append(make('option', { value: text, textContent: text })));
    select.addEventListener('change', change);
    return { select, label: make('label', {}, label, select) };
  };

  // What is chosen is kept behind `#?` in the address, so that a link leads to it: `#?ID-OF-A-TABLE.rating=Red`.
  const chosen = () => new URLSearchParams(location.hash.startsWith('#?') ? location.hash.slice(2) : '');
  const remember = (id, choices) => {
    const all = chosen();
    Object.entries(choices).forEach(([key, value]) => {
      if (value) all.set(`${id}.${key}`, value); else all.delete(`${id}.${key}`);
    });
    if (all.toString() === chosen().toString()) return;
    const page = location.href.split('#')[0];
    history.replaceState(null, '', all.size ? `${page}#?${all}` : page);
  };

  const NOT_RATED = 'Not rated';
  const RATINGS = ['Green', 'Amber', 'Red', NOT_RATED];
  const resets = new Map();

  class Tools {
    constructor(table) {
      this.table = table;
      this.id = table.caption.id;
      this.caption = textOf(table.caption);
      this.bodies = [...table.tBodies];
      this.rows = this.bodies.flatMap((body) => {
        const heading = body.querySelector('tr.section');
        return [...body.rows].filter((row) => row !== heading).map((row) => ({
          row,
          body,
          section: heading ? textOf(heading) : '',
          area: row.dataset.area || '',
          place: row.rowIndex,
        }));
      });
      this.heads = [...table.tHead.querySelectorAll('th[scope="col"]')];
      this.columnAreas = new Map();
      [...table.tHead.querySelectorAll('th[data-area]')].filter((head) => head.scope === 'col').forEach((head) => {
        this.columnAreas.set(Number(head.dataset.column), head.dataset.area);
      });
      this.sorted = null;
      this.build();
    }

    build() {
      const update = () => this.update();
      this.controls = [];
      const add = (key, label, all, choices) => {
        if (choices.length < 2) return;
        this[key] = choice(label, all, choices, update);
        this.controls.push(this[key]);
      };
      add('sectionChoice', 'Section', 'All sections', unique(this.rows.map((one) => one.section).filter(Boolean)));
      const areas = unique([...this.rows.map((one) => one.area), ...this.columnAreas.values()].filter(Boolean));
      // Where each area has one row, it is found as fast without a filter.
      if (this.columnAreas.size || this.rows.length > areas.length) add('areaChoice', 'Area', 'All areas', areas);
      const found = new Set(this.rows.flatMap((one) => this.ratings(one.row)));
      if (found.size > 1 || !found.has(NOT_RATED)) {
        add('ratingChoice', 'Rating', 'All ratings', RATINGS.filter((rating) => found.has(rating)));
      }
      // Headings are not on a narrow screen, where rows are cards.
      if (this.table.classList.contains('cards')) {
        const sort = choice('Sort by', 'As published', [], () => this.sortBy(sort.select.value));
        this.heads.forEach((head) => {
          const name = textOf(head);
          sort.select.append(make('option', { value: `${head.dataset.column} ascending`, textContent: `${name}, lowest first` }));
          sort.select.append(make('option', { value: `${head.dataset.column} descending`, textContent: `${name}, highest first` }));
        });
        sort.label.className = 'narrow';
        this.sortChoice = sort;
      }
      this.heads.forEach((head) => {
        const button = make('button', { type: 'button', className: 'sort' }, ...head.childNodes);
        button.addEventListener('click', () => {
          const column = head.dataset.column;
          const now = this.sorted && this.sorted.column === column ? this.sorted.way : '';
          const next = { '': 'ascending', ascending: 'descending', descending: '' }[now];
          this.sortBy(next ? `${column} ${next}` : '');
        });
        head.append(button);
      });
      this.status = make('p', {});
      this.status.setAttribute('role', 'status');
      this.clear = make('button', { type: 'button', textContent: 'Show all', hidden: true });
      this.clear.addEventListener('click', () => { this.reset(); (this.controls[0] ? this.controls[0].select : this.heads[0].querySelector('button')).focus(); });
      const bar = make('div', { className: this.controls.length ? 'tools' : 'tools bare' });
      bar.setAttribute('role', 'group');
      bar.setAttribute('aria-label', `Filter ${this.caption}`);
      bar.append(...this.controls.map((control) => control.label));
      if (this.sortChoice) bar.append(this.sortChoice.label);
      bar.append(this.clear, this.status);
      this.table.closest('.scroll').before(bar);
      resets.set(this.table, () => this.reset());
    }

    ratings(row, isShown = () => true) {
      const found = [...row.querySelectorAll('.tag')].filter((tag) => isShown(tag.closest('td'))).map((tag) => tag.dataset.rating || textOf(tag));
      return found.length ? found : [NOT_RATED];
    }

    // Shows the rows and columns that are chosen, and says how many.
    update() {
      const value = (control) => (control ? control.select.value : '');
      const [section, area, rating] = [value(this.sectionChoice), value(this.areaChoice), value(this.ratingChoice)];
      const byColumn = this.columnAreas.size > 0;
      const isHiddenColumn = (column) => byColumn && area !== '' && this.columnAreas.has(column) && this.columnAreas.get(column) !== area;
      let shown = 0;
      this.rows.forEach((one) => {
        const isMatch = (!section || one.section === section)
          && (!area || byColumn || one.area === area)
          && (!rating || this.ratings(one.row, (cell) => !isHiddenColumn(cell.cellIndex)).includes(rating));
        one.row.hidden = !isMatch;
        shown += isMatch;
        if (byColumn) [...one.row.cells].forEach((cell) => { cell.hidden = isHiddenColumn(cell.cellIndex); });
      });
      if (byColumn) {
        [...this.table.tHead.querySelectorAll('th')].forEach((head) => { head.hidden = isHiddenColumn(Number(head.dataset.column)); });
      }
      this.bodies.forEach((body) => {
        const heading = body.querySelector('tr.section');
        if (heading) heading.hidden = Boolean(this.sorted) || [...body.rows].every((row) => row === heading || row.hidden);
      });
      const isFiltered = Boolean(section || area || rating);
      remember(this.id, { section, area, rating, sort: this.sorted ? `${this.sorted.column} ${this.sorted.way}` : '' });
      this.clear.hidden = !isFiltered && !this.sorted;
      const counted = isFiltered ? `${shown} of ${this.rows.length} rows shown.` : '';
      const order = this.sorted
        ? `Sorted by ${this.sorted.name}, ${this.sorted.way === 'ascending' ? 'lowest' : 'highest'} first.`
        : '';
      this.status.textContent = [counted, order].filter(Boolean).join(' ') || (this.isUsed ? `All ${this.rows.length} rows shown, as published.` : '');
      this.isUsed = true;
    }

    // Sorts all rows, whatever their section; with no choice they are as published.
    sortBy(choice) {
      const [column, way] = choice.split(' ');
      const head = this.heads.find((one) => one.dataset.column === column);
      this.sorted = head && choice ? { column, way, name: textOf(head) } : null;
      this.heads.forEach((one) => {
        if (one === head) one.setAttribute('aria-sort', way); else one.removeAttribute('aria-sort');
      });
      if (this.sortChoice) this.sortChoice.select.value = choice;
      if (this.sorted) {
        const key = (one) => {
          const cell = one.row.cells[Number(column)];
          const text = cell.dataset.sort || textOf(cell.querySelector('a, .tag, .way') || cell);
          const number = Number(text.replace(/[,%+]/g, ''));
          return text === '' || text === '-' ? null : Number.isNaN(number) ? text : number;
        };
        const sign = way === 'descending' ? -1 : 1;
        const keyed = this.rows.map((one) => ({ one, key: key(one) }));
        // What is missing comes last whichever way; numbers come before words.
        keyed.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.one.place - b.one.place;
          const [x, y] = [typeof a.key, typeof b.key];
          const order = x !== y ? (x === 'number' ? -1 : 1) : x === 'number' ? a.key - b.key : a.key.localeCompare(b.key, 'en-GB');
          return sign * order || a.one.place - b.one.place;
        });
        this.bodies[0].append(...keyed.map(({ one }) => one.row));
      } else {
        this.rows.forEach((one) => one.body.append(one.row));
      }
      this.update();
    }

    // Chooses what the address says.
    recall(all) {
      const asked = (key) => all.get(`${this.id}.${key}`) || '';
      const set = (control, key) => {
        if (control) control.select.value = [...control.select.options].some(({ value }) => value === asked(key)) ? asked(key) : '';
      };
      set(this.sectionChoice, 'section');
      set(this.areaChoice, 'area');
      set(this.ratingChoice, 'rating');
      this.sortBy(asked('sort'));
    }

    reset() {
      this.controls.forEach((control) => { control.select.value = ''; });
      this.sortBy('');
    }
  }

  const tools = [...document.querySelectorAll('table[data-tools]')].map((table) => new Tools(table));
  const recall = () => {
    const all = chosen();
    if (!all.size) return;
    tools.forEach((one) => one.recall(all));
    const first = tools.find(({ id }) => [...all.keys()].some((key) => key.startsWith(`${id}.`)));
    if (first) first.table.closest('.page').scrollIntoView();
  };
  recall();
  addEventListener('hashchange', recall);

  // A table as CSV, from what is on the page: the rows that are shown, with the words of their notes.
  const csv = (table) => {
    const plain = (element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll('sup, .id, .detail, .unseen, [aria-hidden]').forEach((part) => part.remove());
      const drawn = copy.querySelector('svg');
      return drawn ? drawn.getAttribute('aria-label') : textOf(copy);
    };
    // A spreadsheet would run what begins like a formula.
    const harmless = (text) => (/^\s*[=+\-@＝＋－＠]/.test(text) && !/^[+-]?[\d,.]*( pp|%)?$/.test(text) ? `'${text}` : text);
    const line = (cells) => cells.map((text) => `"${harmless(text).replaceAll('"', '""')}"`).join(',');
    const heads = [];
    [...table.tHead.rows].forEach((row) => {
      let column = 0;
      [...row.cells].forEach((head) => {
        while (heads[column]?.isDone) column += 1;
        for (let index = 0; index < head.colSpan; index += 1, column += 1) {
          const text = head.dataset.heading || [heads[column]?.text, plain(head)].filter(Boolean).join(' - ');
          heads[column] = { text, isDone: head.rowSpan > 1 || head.scope === 'col' };
        }
      });
    });
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden && !row.classList.contains('section'));
    const section = (row) => row.closest('tbody').querySelector('tr.section');
    const has = (selector) => rows.some((row) => row.querySelector(selector));
    const parts = [];
    if (rows.some(section)) parts.push(['Section', (row) => (section(row) ? textOf(section(row)) : '')]);
    if (has('.id')) parts.push(['ID', (row) => (row.querySelector('.id') ? textOf(row.querySelector('.id')) : '')]);
    heads.forEach(({ text }, column) => {
      const cell = (row) => row.cells[column];
      const within = (selector, of) => (row) => (cell(row)?.querySelector(selector) ? of(cell(row).querySelector(selector)) : '');
      if (rows.every((row) => cell(row)?.hidden)) return;
      parts.push([text, (row) => (cell(row) ? plain(cell(row)) : '')]);
      if (rows.some((row) => cell(row)?.querySelector('[data-rating]'))) parts.push([`${text} RAG`, within('[data-rating]', (tag) => tag.dataset.rating)]);
      // What stands below it, each part under its own heading.
      const below = rows.flatMap((row) => [...(cell(row)?.querySelectorAll('.detail [data-heading]') ?? [])]);
      unique(below.map((part) => part.dataset.heading)).forEach((heading) => parts.push([heading, within(`.detail [data-heading="${CSS.escape(heading)}"]`, textOf)]));
    });
    if (has('sup a')) {
      const note = (link) => {
        const copy = document.querySelector(link.getAttribute('href')).cloneNode(true);
        copy.querySelectorAll('a').forEach((back) => back.remove());
        return textOf(copy).replace(/\.$/, '');
      };
      parts.push(['Notes', (row) => unique([...row.querySelectorAll('sup a')].map(note)).join('; ')]);
    }
    return [line(parts.map(([heading]) => heading)), ...rows.map((row) => line(parts.map(([, of]) => of(row))))].join('\r\n');
  };
  document.querySelectorAll('.part table:not(.prose table)').forEach((table) => {
    if (table.closest('.workings')) return;
    const name = textOf(table.caption);
    const button = make('button', { type: 'button', textContent: 'Download as CSV' });
    button.setAttribute('aria-label', `Download as CSV: ${name}`);
    button.addEventListener('click', () => {
      // The mark at the start tells Excel that it is UTF-8.
      const href = URL.createObjectURL(new Blob([`\ufeff${csv(table)}\r\n`], { type: 'text/csv' }));
      const file = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'table';
      make('a', { href, download: `${file}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    });
    table.closest('.scroll').after(make('p', { className: 'download' }, button));
  });

  // Pages of one area at a time, where there are pages of several.
  const paged = [...document.querySelectorAll('.page[data-area]')];
  const areas = unique(paged.map((page) => page.dataset.area));
  if (areas.length > 1) {
    const status = make('p', {});
    status.setAttribute('role', 'status');
    const links = [...document.querySelectorAll('.contents li[data-area]')];
    const { select, label } = choice('Pages about', 'All areas', areas, () => {
      const hide = (element) => { element.hidden = select.value !== '' && element.dataset.area !== select.value; };
      [...paged, ...links].forEach(hide);
      const shown = paged.filter((page) => !page.hidden).length;
      status.textContent = select.value ? `${shown} of ${paged.length} pages about areas shown.` : `All ${paged.length} pages about areas shown.`;
    });
    document.querySelector('.contents details > ul').before(make('div', { className: 'tools' }, label, status));
    resets.set(select, () => { select.value = ''; select.dispatchEvent(new Event('change')); });
  }

  // Where there is little room the contents are opened by who wants them.
  const contents = document.querySelector('.contents details');
  const hasLittleRoom = matchMedia('(max-width: 39.99em)');
  const makeRoom = () => { contents.open = !hasLittleRoom.matches; };
  makeRoom();
  hasLittleRoom.addEventListener('change', makeRoom);

  // The working of a figure opens where the reader is.
  const dialog = make('dialog', { className: 'working-dialog' });
  const title = make('h3', { id: 'working_title' });
  const body = make('div', {});
  const close = make('button', { type: 'button', textContent: 'Close' });
  const form = make('form', { method: 'dialog' }, close);
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(title, body, form);
  document.body.append(dialog);
  let home = null;
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => { if (home) home.append(...body.childNodes); home = null; });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    if (target.contains(contents)) contents.open = true;
    if (link.classList.contains('working')) {
      event.preventDefault();
      home = target.querySelector('div');
      title.textContent = `Working of ${textOf(target.querySelector('summary'))}`;
      body.append(...home.childNodes);
      dialog.showModal();
      dialog.scrollTop = 0;
    } else if (target.closest('[hidden]')) {
      // A link leads to what a filter hides: then the filter goes.
      resets.forEach((reset, owner) => { if (owner.contains(target) || owner.localName === 'select') reset(); });
    }
  });

  // Of many periods the last ones are seen first.
  document.querySelectorAll('table[data-over-time], .chart svg').forEach((drawn) => { const region = drawn.closest('.scroll'); if (region) region.scrollLeft = region.scrollWidth; });

  // A region is a stop for the keyboard only where there is something to scroll. Where there is not, its headings stay at the
  // top of the window.
  const regions = document.querySelectorAll('.scroll');
  if ('ResizeObserver' in window) {
    const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => {
      const scrolls = target.scrollWidth > target.clientWidth + 1;
      target.classList.toggle('still', !scrolls);
      if (scrolls) target.tabIndex = 0; else target.removeAttribute('tabindex');
    }));
    regions.forEach((region) => observer.observe(region));
  }
})();
