// The page's copy of d3: its modules, put together into one file. `npm run vendor` writes it, a test compares it.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const here = new URL('.', import.meta.url), modules = new URL('../node_modules/', here);
const folder = new URL('../../../src/Nonlinear.Explorer/wwwroot/vendor/d3/', here);

/** Where the copy is. */
export const place = new URL('d3.js', folder);

/** What it holds, and the licences of what it was put together from. */
export async function bundle() {
  const built = await build({
    entryPoints: [new URL('d3.js', here).pathname],
    absWorkingDir: new URL('..', here).pathname,
    bundle: true, format: 'esm', target: 'es2022', charset: 'utf8', write: false, metafile: true,
  });
  const names = new Set(Object.keys(built.metafile.inputs).map(path => /^node_modules\/([^/]+)/.exec(path)?.[1]).filter(Boolean));
  const packages = [...names].sort().map(name => {
    const { version, license } = JSON.parse(readFileSync(new URL(`${name}/package.json`, modules), 'utf8'));
    return `${name} ${version} (${license})`;
  });
  return {
    text: `// Put together by tests/page/vendor from:\n// ${packages.join('\n// ')}\n${built.outputFiles[0].text}`,
    licences: [...names].sort().map(name => `${name}\n\n${readFileSync(new URL(`${name}/LICENSE`, modules), 'utf8')}`).join('\n'),
  };
}

if (process.argv.includes('--write')) {
  const { text, licences } = await bundle();
  writeFileSync(place, text);
  writeFileSync(new URL('LICENSE.txt', folder), licences);
}
