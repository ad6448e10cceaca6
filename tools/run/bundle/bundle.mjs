import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bundles an entry the way it is deployed: what is weighed is what runs. */
export function bundle(entry) {
  return measure({ entryPoints: [entry] })
}

/** The same for a program that imports one name of an entry. */
export function bundleName(entry, name) {
  return measure({ stdin: { contents: `export { ${name} } from './${entry}'`, resolveDir: '.' } })
}

async function measure(input) {
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  const [output] = outputFiles
  return { text: output.text, gzipBytes: gzipSync(output.contents, { level: 9 }).length }
}
