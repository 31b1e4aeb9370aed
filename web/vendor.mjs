// Puts the third-party browser files where the server finds them. Run after changing a version or icons.txt: npm ci && npm run vendor
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const lib = '../src/Hark.Web/wwwroot/lib';
const version = name => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;

function folder(name) {
  const path = `${lib}/${name}`;
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

// Maps would be asked for by developer tools and are not shipped.
const withoutMap = text => text.replace(/\n?(\/\*#|\/\/#) sourceMappingURL=.*$/m, '').trimEnd() + '\n';

const htmx = folder('htmx');
writeFileSync(`${htmx}/htmx.min.js`, `/* htmx ${version('htmx.org')}, BSD-0-Clause */\n` + withoutMap(readFileSync('node_modules/htmx.org/dist/htmx.min.js', 'utf8')));
copyFileSync('node_modules/htmx.org/LICENSE', `${htmx}/LICENSE`);

const tabler = folder('tabler');
for (const file of ['tabler.min.css', 'tabler.rtl.min.css'])
  writeFileSync(`${tabler}/${file}`, withoutMap(readFileSync(`node_modules/@tabler/core/dist/css/${file}`, 'utf8')));
writeFileSync(`${tabler}/LICENSE`, readFileSync('node_modules/@tabler/icons/LICENSE', 'utf8').replace(/Copyright.*/, 'Copyright (c) 2018-2026 The Tabler Authors'));

const icons = folder('icons');
const symbols = readFileSync('icons.txt', 'utf8').split('\n').filter(Boolean).map(name => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
  const paths = [...svg.matchAll(/<path [^>]*>/g)].map(m => m[0]).filter(p => !p.includes('d="M0 0h24v24H0z"'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths.join('')}</symbol>`;
});
writeFileSync(`${icons}/icons.svg`, `<!-- Tabler Icons ${version('@tabler/icons')}, MIT -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`);
copyFileSync('node_modules/@tabler/icons/LICENSE', `${icons}/LICENSE`);

const echarts = folder('echarts');
execFileSync('node_modules/@esbuild/linux-x64/bin/esbuild', ['echarts.mjs', '--bundle', '--minify', '--format=esm', '--target=es2022', '--legal-comments=none',
  `--banner:js=/* Apache ECharts ${version('echarts')}, Apache-2.0; a part of it, see web/echarts.mjs */`, `--outfile=${echarts}/echarts.min.js`], { stdio: 'inherit' });
copyFileSync('node_modules/echarts/LICENSE', `${echarts}/LICENSE`);
copyFileSync('node_modules/echarts/NOTICE', `${echarts}/NOTICE`);
