// Projects that are tested by Jest, whose require() loads no ES module unless something transforms it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { findMissing, folder, install, newest, runNode } from './project.mjs'

const used = ['core', 'client', 'hono', 'browser', 'codes', 'rules']
const others = { jest: '30.5.2', '@swc/core': '1.16.22', '@swc/jest': '0.2.39' }
const vmModules = { NODE_OPTIONS: '--experimental-vm-modules' }

const body = (load) => `
test('the packages work in a test of a shop', async () => {
  const { createMemoryStore, parseMerchantUid } = ${load('core')}
  const { createClient, payments } = ${load('client')}
  const { completion } = ${load('hono')}
  const { readReturn } = ${load('browser')}
  const { banks } = ${load('codes')}
  const { check } = ${load('rules')}
  const client = createClient({ key: 'K', secret: 'S', fetch: () => new Response(null, { status: 500 }) })
  const called = await client.call(payments.get, { imp_uid: '../users' })
  expect(called.failure.reason).toBe('invalid_argument')
  expect(parseMerchantUid('ORD-1').ok).toBe(true)
  expect((await createMemoryStore().find('ORD-1')).failure.reason).toBe('order_unknown')
  expect(completion).toBeInstanceOf(Function)
  expect(readReturn('https://shop.example/?imp_uid=imp_1&merchant_uid=ORD-1').value.merchantUid).toBe('ORD-1')
  expect(banks.length).toBeGreaterThan(20)
  expect(check({}).length).toBeGreaterThan(0)
})
`

/** The problems, as sentences. */
export function findJestProblems(packages) {
  install(packages, used, { hono: newest('hono'), ...others })
  const tests = {
    'commonjs/a.test.js': body((name) => `require('@quayside/${name}')`),
    'modules/a.test.mjs': body((name) => `await import('@quayside/${name}')`),
  }
  for (const [file, text] of Object.entries(tests)) {
    mkdirSync(`${folder}/${file.split('/')[0]}`)
    writeFileSync(`${folder}/${file}`, text)
  }
  const jest = (roots, config, env = {}) =>
    runNode(
      [
        'node_modules/jest/bin/jest.js',
        '--config',
        JSON.stringify({ rootDir: folder, roots: [`<rootDir>/${roots}`], ...config }),
      ],
      env,
    )
  const transform = {
    transform: { '\\.[jt]s$': '@swc/jest' },
    transformIgnorePatterns: ['/node_modules/(?!@quayside/)'],
  }
  const plain = jest('commonjs', {})
  return findMissing([
    ['Jest, CommonJS: the error names the transform', plain, 'transformIgnorePatterns'],
    ['Jest, CommonJS: the error names modules', plain, '--experimental-vm-modules'],
    ['Jest, CommonJS, as the error says', jest('commonjs', transform), '1 passed, 1 total'],
    [
      'Jest, ES modules',
      jest('modules', { testMatch: ['**/*.test.mjs'], transform: {} }, vmModules),
      '1 passed, 1 total',
    ],
  ])
}
