'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const known = (x) => typeof x === 'number' && isFinite(x);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const integer = (x) => Math.round(x).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const percent = (x) => (known(x) ? (100 * x).toFixed(1) + ' %' : '');
  const fixed = (x, digits) => (known(x) ? x.toFixed(digits) : '');

  /* Everything that comes from the data is written as text, never as markup. */
  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function bytes(x) {
    if (x < 1024) return [integer(x), 'B'];
    if (x < 1024 * 1024) return [(x / 1024).toFixed(1), 'KiB'];
    return [(x / 1024 / 1024).toFixed(2), 'MiB'];
  }

  function count(x) {
    if (x >= 1e6) return [(x / 1e6).toFixed(2), 'M'];
    if (x >= 1e4) return [(x / 1e3).toFixed(1), 'k'];
    return [integer(x), ''];
  }

  /* Key figures. */
  function tile(name, value, note, share) {
    const node = element('div', 'tile');
    node.append(element('div', 'name', name));
    const number = element('div', 'value', value[0]);
    if (value[1]) number.append(element('span', 'unit', value[1]));
    node.append(number);
    if (known(share)) {
      const meter = element('div', 'meter');
      const fill = element('div');
      fill.style.width = Math.min(100, 100 * share).toFixed(2) + '%';
      if (share > 0.9) fill.style.background = 'var(--bad)';
      meter.append(fill);
      node.append(meter);
    }
    node.append(element('div', 'note', note));
    byId('tiles').append(node);
  }

  function share(part, whole) {
    return whole > 0 ? part / whole : undefined;
  }

  function ofLimit(part, whole) {
    const size = bytes(whole);
    return whole > 0 ? percent(part / whole) + ' of ' + size[0] + ' ' + size[1] : 'no limit on this target';
  }

  const sizes = data.sizes;
  const worst = data.tasks
      .filter((t) => known(t.f1Float) && known(t.f1Tuned))
      .sort((a, b) => (a.f1Tuned - a.f1Float) - (b.f1Tuned - b.f1Float))[0];

  function tiles() {
    const saved = sizes.macsBefore - sizes.macs;
    tile('Multiply-accumulates', count(sizes.macs),
        saved > 0 ? percent(saved / sizes.macsBefore) + ' of the network computed only constants and is gone'
                  : 'for one inference');
    tile('Flash for constants', bytes(sizes.constants), ofLimit(sizes.constants, sizes.flash),
        share(sizes.constants, sizes.flash));
    tile('RAM for the context', bytes(sizes.context), ofLimit(sizes.context, sizes.ram),
        share(sizes.context, sizes.ram));
    if (worst) {
      const change = 100 * (worst.f1Tuned - worst.f1Float);
      tile('Worst task, F1 against float', [signed(change, 1), 'points'], worst.name);
    } else {
      tile('Tasks', [integer(data.tasks.length), ''], data.layers.length + ' layers');
    }
  }

  /* Tables. */
  function table(node, columns, rows, footer) {
    const visible = columns.filter((c) => rows.some((r) => c.text(r) !== ''));
    const head = element('thead');
    const groups = element('tr');
    let grouped = false;
    for (let i = 0; i < visible.length;) {
      let span = 1;
      while (i + span < visible.length && visible[i].group && visible[i + span].group === visible[i].group) span++;
      const cell = element('th', 'group', visible[i].group || '');
      cell.colSpan = span;
      grouped = grouped || Boolean(visible[i].group);
      groups.append(cell);
      i += span;
    }
    if (grouped) head.append(groups);
    const titles = element('tr');
    visible.forEach((c) => titles.append(element('th', c.className ? 'text' : '', c.title)));
    head.append(titles);
    const body = element('tbody');
    rows.forEach((row) => {
      const line = element('tr');
      visible.forEach((c) => {
        const cell = element('td', c.className || '', c.text(row));
        if (c.className) cell.classList.add('text');
        const tone = c.tone ? c.tone(row) : '';
        if (tone) cell.classList.add(tone);
        if (c.className) cell.title = c.text(row);
        if (c.share && c.share(row) > 0) {
          cell.classList.add('bar');
          const width = Math.max(1, 100 * c.share(row));
          cell.style.backgroundImage = 'linear-gradient(var(--bar), var(--bar))';
          cell.style.backgroundSize = 'calc((100% - 16px) * ' + (width / 100).toFixed(4) + ') 66%';
        }
        line.append(cell);
      });
      body.append(line);
    });
    node.append(head, body);
    if (footer) {
      const foot = element('tfoot');
      const line = element('tr');
      visible.forEach((c) => line.append(element('td', c.className ? 'text' : '', c.total ? c.total(rows) : '')));
      foot.append(line);
      node.append(foot);
    }
  }

  function signed(value, digits) {
    const text = Math.abs(value).toFixed(digits);
    return Number(text) === 0 ? text : (value < 0 ? '\u2212' : '+') + text;
  }

  function change(from, to, digits) {
    return known(from) && known(to) ? signed(to - from, digits) : '';
  }

  function tone(from, to, limit) {
    if (!known(from) || !known(to)) return '';
    if (to - from < -limit) return 'bad';
    return to - from > limit ? 'good' : '';
  }

  const mean = (rows, pick) => {
    const values = rows.map(pick).filter(known);
    return values.length ? values.reduce((a, b) => a + b, 0) / values.length : NaN;
  };

  function tasks() {
    if (!data.tasks.length) {
      byId('tasks-section').hidden = true;
      return;
    }
    byId('tasks-lead').textContent = data.examples > 0
        ? 'Calibrated on ' + integer(data.examples) + ' examples' +
          (data.notes.length ? ': ' + data.notes.join(', ') : '') +
          '. Figures are those of the calibration set.'
        : 'The network came in integers; its scales are the file\u2019s.';
    const columns = [
      {title: 'Task', className: 'name', text: (t) => t.name, total: () => 'Mean'},
      {title: 'Kind', className: 'soft', text: (t) => t.kind},
      {group: 'AUC', title: 'float', text: (t) => fixed(t.aucFloat, 3), total: (r) => fixed(mean(r, (t) => t.aucFloat), 3)},
      {group: 'AUC', title: 'integer', text: (t) => fixed(t.aucInteger, 3), total: (r) => fixed(mean(r, (t) => t.aucInteger), 3)},
      {group: 'AUC', title: 'change', text: (t) => change(t.aucFloat, t.aucInteger, 4), tone: (t) => tone(t.aucFloat, t.aucInteger, 0.002)},
      {group: 'F1', title: 'float', text: (t) => fixed(t.f1Float, 3), total: (r) => fixed(mean(r, (t) => t.f1Float), 3)},
      {group: 'F1', title: 'integer', text: (t) => fixed(t.f1Nominal, 3), total: (r) => fixed(mean(r, (t) => t.f1Nominal), 3)},
      {group: 'F1', title: 're-tuned', text: (t) => fixed(t.f1Tuned, 3), total: (r) => fixed(mean(r, (t) => t.f1Tuned), 3)},
      {group: 'F1', title: 'change', text: (t) => change(t.f1Float, t.f1Tuned, 3), tone: (t) => tone(t.f1Float, t.f1Tuned, 0.002)},
      {group: 'Answers yes', title: 'float', text: (t) => percent(t.positiveRateFloat)},
      {group: 'Answers yes', title: 'integer', text: (t) => percent(t.positiveRateTuned)},
      {title: 'Agreement', text: (t) => percent(t.agreement)},
      {group: 'Threshold', title: 'probability', text: (t) => fixed(t.threshold, 3)},
      {group: 'Threshold', title: 'code', text: (t) => (known(t.thresholdCode) ? integer(t.thresholdCode).replace('-', '\u2212') : '')},
      {group: 'Noise / signal', title: 'conventional', text: (t) => (known(t.conventionalLoss) ? t.conventionalLoss.toExponential(1) : '')},
      {group: 'Noise / signal', title: 'calibrated', text: (t) => (known(t.loss) ? t.loss.toExponential(1) : ''), tone: (t) => (t.loss < 0.95 * t.conventionalLoss ? 'good' : '')},
      {group: 'Output', title: 'scale', text: (t) => (known(t.scale) ? t.scale.toPrecision(4) : '')},
      {group: 'Output', title: 'range from', className: 'soft', text: (t) => t.origin},
    ];
    table(byId('tasks'), columns, data.tasks, data.tasks.length > 1 && data.tasks.some((t) => known(t.f1Float)));
  }

  function layers() {
    const total = data.layers.reduce((sum, l) => sum + l.macs, 0);
    const mostMacs = Math.max(1, ...data.layers.map((l) => l.macs));
    const mostConstants = Math.max(1, ...data.layers.map((l) => l.constants));
    const mostLive = Math.max(1, ...data.layers.map((l) => l.live));
    const heaviest = data.layers.slice().sort((a, b) => b.macs - a.macs)[0];
    byId('layers-lead').textContent = heaviest && total > 0
        ? integer(total) + ' multiply-accumulates in ' + data.layers.length + ' layers; ' + heaviest.name +
          ' alone does ' + percent(heaviest.macs / total) + '.'
        : data.layers.length + ' layers.';
    const sum = (pick) => (rows) => integer(rows.reduce((s, r) => s + pick(r), 0));
    table(byId('layers'), [
      {title: 'Layer', className: 'name', text: (l) => l.name, total: () => 'Total'},
      {title: 'Output', className: 'soft', text: (l) => l.shape},
      {title: 'MACs', text: (l) => (l.macs ? integer(l.macs) : '\u2013'), share: (l) => l.macs / mostMacs, total: sum((l) => l.macs)},
      {title: 'Constants, B', text: (l) => (l.constants ? integer(l.constants) : '\u2013'), share: (l) => l.constants / mostConstants, total: sum((l) => l.constants)},
      {title: 'Reads, B', text: (l) => integer(l.input)},
      {title: 'Writes, B', text: (l) => integer(l.output)},
      {title: 'Arena in use, B', text: (l) => integer(l.live), share: (l) => l.live / mostLive},
      {title: 'Tensor', className: 'soft', text: (l) => l.tensor},
    ], data.layers, true);
  }

  /* The arena: layers from left to right, addresses upwards. */
  const SVG = 'http://www.w3.org/2000/svg';
  function svg(tag, attributes, text) {
    const node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach((key) => node.setAttribute(key, attributes[key]));
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function map() {
    const width = 1120, height = 340, left = 64, right = 8, top = 10, bottom = 30;
    const columns = data.layers.length + 2;
    const x = (step) => left + (step + 1) / columns * (width - left - right);
    const y = (address) => height - bottom - address / sizes.arena * (height - top - bottom);
    const node = byId('map');
    node.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
    for (let i = 0; i <= 4; i++) {
      const address = sizes.arena * i / 4;
      const size = bytes(address);
      node.append(svg('line', {x1: left, x2: width - right, y1: y(address), y2: y(address)}));
      node.append(svg('text', {x: left - 8, y: y(address) + 4, 'text-anchor': 'end'}, size[0] + ' ' + size[1]));
    }
    data.blocks.forEach((block, index) => {
      const box = {x: x(block.first), y: y(block.offset + block.bytes)};
      box.width = x(block.last + 1) - box.x;
      box.height = Math.max(1.5, y(block.offset) - box.y);
      const hue = (index * 137.508 + 212) % 360;
      const rect = svg('rect', Object.assign({'class': 'block', rx: 2, fill: 'hsl(' + hue.toFixed(1) + ' 42% 46%)'}, box));
      const when = (block.first < 0 ? 'input' : 'from ' + layerName(block.first)) +
          (block.last >= data.layers.length ? ', kept as an output' : ', last read by ' + layerName(block.last));
      const text = block.tensor + ': ' + integer(block.bytes) + ' bytes at ' + integer(block.offset) + ', ' + when;
      rect.append(svg('title', {}, text));
      rect.addEventListener('mouseenter', () => { byId('map-detail').textContent = text; });
      node.append(rect);
      if (box.width > 46 && box.height > 14) {
        const size = bytes(block.bytes);
        node.append(svg('text', {'class': 'label', x: box.x + 5, y: box.y + 12}, size[0] + ' ' + size[1]));
      }
    });
    const every = Math.ceil(data.layers.length / 28);
    data.layers.forEach((layer, step) => {
      if (step % every === 0) {
        node.append(svg('text', {x: x(step) + (x(1) - x(0)) / 2, y: height - 12, 'text-anchor': 'middle'}, String(step)));
      }
    });
    node.append(svg('text', {x: width - right, y: height - 1, 'text-anchor': 'end'}, 'layer'));
    const arena = bytes(sizes.arena), bound = bytes(sizes.arenaLowerBound);
    byId('memory-lead').textContent = 'One arena of ' + arena[0] + ' ' + arena[1] + ' holds every activation; ' +
        (sizes.arenaLowerBound >= sizes.arena ? 'no placement needs less.'
            : 'no placement needs less than ' + bound[0] + ' ' + bound[1] + '.') +
        ' Each box is a tensor: as wide as the layers that need it, as high as its bytes.';
    byId('map-detail').textContent = 'Point at a box to see its tensor.';
  }

  function layerName(index) {
    return data.layers[index] ? data.layers[index].name : 'layer ' + index;
  }

  /* Charts. */
  const charts = [];
  function chart(id, type, labels, datasets, options) {
    charts.push(new Chart(byId(id), {
      type: type,
      data: {labels: labels, datasets: datasets},
      options: Object.assign({
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: {mode: 'index', intersect: false},
      }, options),
    }));
  }

  function axis(title, extra) {
    return Object.assign({
      title: {display: Boolean(title), text: title, color: css('--soft')},
      ticks: {color: css('--soft')},
      grid: {color: css('--line')},
      border: {color: css('--line')},
    }, extra);
  }

  function legend(display) {
    return {legend: {display: display, align: 'end', labels: {color: css('--text'), boxWidth: 10, boxHeight: 10, usePointStyle: true}}};
  }

  function bars(label, values, colour, extra) {
    return Object.assign({label: label, data: values, backgroundColor: css(colour), borderRadius: 3, maxBarThickness: 26}, extra);
  }

  /* Points, not bars: their axis may start above zero without misleading. */
  function dots(label, values, colour, shape, order) {
    return {label: label, data: values, order: order, showLine: false, pointStyle: shape, pointRadius: order === 3 ? 9 : 6, pointHoverRadius: 10,
      pointBackgroundColor: css(colour), pointBorderColor: css('--card'), pointBorderWidth: 1,
      backgroundColor: css(colour), borderColor: css(colour)};
  }

  /* Layers are numbered on the axis and named in the tooltip. */
  function layerTitle(items) {
    const layer = data.layers[items[0].dataIndex];
    return layer.name + ', ' + layer.operator + ' ' + layer.shape;
  }

  function layerAxis() {
    return axis('layer', {grid: {display: false}, ticks: {color: css('--soft'), autoSkip: true, maxRotation: 0}});
  }

  function draw() {
    charts.splice(0).forEach((c) => c.destroy());
    const scored = data.tasks.filter((t) => known(t.f1Float) || known(t.aucFloat));
    byId('tasks-chart-card').hidden = !scored.length;
    if (scored.length) {
      const byAuc = !scored.some((t) => known(t.f1Float));
      const sets = byAuc
          ? [dots('AUC, float', scored.map((t) => t.aucFloat), '--third', 'rectRot', 3),
             dots('AUC, integer', scored.map((t) => t.aucInteger), '--accent', 'circle', 1)]
          : [dots('F1, float', scored.map((t) => t.f1Float), '--third', 'rectRot', 3),
             dots('F1, integer', scored.map((t) => t.f1Nominal), '--second', 'triangle', 2),
             dots('F1, integer, threshold re-tuned', scored.map((t) => t.f1Tuned), '--accent', 'circle', 1)];
      const least = Math.min(...sets.flatMap((set) => set.data).filter(known));
      chart('tasks-chart', 'line', scored.map((t) => t.name), sets, {
        plugins: legend(true),
        scales: {
          x: axis('', {offset: true}),
          y: axis('', {min: Math.max(0, Math.floor((least - 0.02) * 20) / 20), max: 1}),
        },
      });
    }
    const names = data.layers.map((l, i) => String(i));
    const plugins = Object.assign({tooltip: {callbacks: {title: layerTitle}}}, legend(true));
    chart('layers-chart', 'bar', names, [
      bars('Multiply-accumulates', data.layers.map((l) => l.macs), '--accent', {yAxisID: 'y'}),
      bars('Constants, bytes', data.layers.map((l) => l.constants), '--second', {yAxisID: 'y2'}),
    ], {
      plugins: plugins,
      scales: {
        x: layerAxis(),
        y: axis('multiply-accumulates', {beginAtZero: true}),
        y2: axis('bytes', {beginAtZero: true, position: 'right', grid: {display: false}}),
      },
    });
    chart('memory-chart', 'line', names, [
      {label: 'Arena in use', data: data.layers.map((l) => l.live), borderColor: css('--accent'),
        backgroundColor: css('--bar'), fill: true, stepped: 'middle', pointRadius: 0, borderWidth: 2},
      {label: 'Arena', data: data.layers.map(() => sizes.arena), borderColor: css('--bad'),
        borderDash: [5, 4], pointRadius: 0, borderWidth: 1.5},
    ], {
      plugins: plugins,
      scales: {
        x: layerAxis(),
        y: axis('bytes', {beginAtZero: true}),
      },
    });
  }

  function theme(name) {
    document.documentElement.dataset.theme = name;
    draw();
  }

  document.title = data.model + ' \u2013 Facsimile report';
  byId('model').textContent = data.model;
  byId('provenance').textContent = 'for ' + data.target + ' \u00b7 Facsimile ' + data.toolVersion +
      ' \u00b7 model SHA-256 ' + data.modelSha256.slice(0, 16) + '\u2026';
  tiles();
  tasks();
  layers();
  map();
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  theme(dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', (event) => theme(event.matches ? 'dark' : 'light'));
  byId('theme').addEventListener('click', () =>
      theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
}());
