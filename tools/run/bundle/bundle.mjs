import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bundles an entry the way it is deployed: what is weighed is what runs. */
export async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
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
