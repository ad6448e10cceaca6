// The Node programs of this repository, bundled from source, so that they start on any Node from 22.12 on
// without a build step of their own.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const programs = {
  simulator: 'packages/simulator/src/cli.ts',
  shop: 'tools/run/local/shop.ts',
}
const toNode = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minifyWhitespace: true,
  sourcemap: true,
  logLevel: 'warning',
  write: false,
  // Some dependencies are CommonJS and ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
}

/** Bundles one program into .cache/ and returns the file to run. */
export async function bundleProgram(name) {
  const outfile = `.cache/programs/${name}.mjs`
  const { outputFiles } = await build({ ...toNode, entryPoints: [programs[name]], outfile })
  write(outputFiles)
  return outfile
}

/** Bundles what the shop's pages load of packages/browser into .cache/ and returns the file. */
export async function bundleBrowserPackage() {
  const outfile = '.cache/programs/quayside.js'
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['packages/browser/src/index.ts'],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    write: false,
  })
  write(outputFiles)
  return outfile
}

/**
 * Bundles the program of apps/node into a folder and returns the file to run. What npm installs with it stays outside, and what a
 * command needs is loaded by this command only.
 */
export async function bundleNodeProgram(outdir = '.cache/programs/node') {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'apps/node/package.json'), 'utf8'))
  const { outputFiles } = await build({
    ...toNode,
    entryPoints: ['apps/node/src/quayside.ts'],
    outdir,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: Object.keys(dependencies),
  })
  // The program names its chunks: they are there first.
  write(outputFiles.toReversed())
  return `${outdir}/quayside.js`
}

function write(files) {
  for (const { path, contents } of files) {
    mkdirSync(dirname(path), { recursive: true })
    // Another process may be starting the same program: it must find a whole file.
    writeFileSync(`${path}.${process.pid}`, contents)
    renameSync(`${path}.${process.pid}`, path)
  }
}
