import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

// wrangler.toml: compatibility_date = "2026-10-01", compatibility_flags = ["nodejs_compat"]
const { outputFiles } = await build({
  entryPoints: ['workers/worker.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
})
const { SIMULATOR_URL = '', IMP_KEY = '', IMP_SECRET = '' } = process.env
const worker = new Miniflare(
  convertV4MiniflareOptions({
    port: Number(process.env.PORT),
    modules: true,
    script: outputFiles.map(({ text }) => text).join(''),
    compatibilityDate: '2026-10-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: { SIMULATOR_URL, IMP_KEY, IMP_SECRET },
  }),
)
process.once('SIGTERM', () => worker.dispose().then(() => process.exit()))
await worker.ready
