import { describe, expect, it } from 'vitest'
import { createFolder, run, serve, until } from './program.ts'
import { createShop, startProvider, startReceiver } from './shop-and-provider.ts'

describe('quayside serve', () => {
  it('starts on an empty folder, completes a payment and sends its event at once', async () => {
    const provider = await startProvider()
    const receiver = await startReceiver()
    const folder = createFolder()
    const server = await serve({ PROVIDER_URL: provider.url, EVENT_URL: receiver.url }, folder)
    const shop = createShop(server.url)

    expect((await shop.createOrder('ORD-1')).status).toBe(201)
    const completed = await shop.complete('ORD-1', await provider.pay('ORD-1'))
    expect(await completed.json()).toMatchObject({ status: 'success' })
    expect(
      await until(
        () => [...receiver.received],
        (ids) => ids.length > 0,
      ),
    ).toEqual(['ORD-1:1'])
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      status: 'ready',
      checks: [
        { name: 'settings', ok: true },
        { name: 'database', ok: true },
        { name: 'provider', ok: true },
      ],
    })

    const { code, stderr } = await server.stop()
    expect(code).toBe(0)
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^SQLite \.\/quayside\.db has been migrated: 0001_tables/),
      `quayside listens on ${server.url}, SQLite ./quayside.db, mode test`,
      '',
    ])
    const again = await serve({ PROVIDER_URL: provider.url }, folder)
    const order = await createShop(again.url).readOrder('ORD-1')
    expect(await order.json()).toMatchObject({ status: 'paid' })
  })

  it('writes nothing but lines of JSON to standard output', async () => {
    const server = await serve()
    const { stdout } = await server.stop()
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly event: string }).event)
    expect(events).toEqual(['started', 'stopping', 'stopped'])
  })

  it('names every setting that is missing or malformed at once, and ends with the code 2', async () => {
    const { code, stdout, stderr } = await run(['serve'], {
      MODE: 'test',
      PORT: 'eighty',
      STOP_SECONDS: '-1',
      TRUSTED_PROXIES: '10.0.0.0/33',
      MIGRATE: 'yes',
    })
    expect([code, stdout, stderr.split('\n')]).toEqual([
      2,
      '',
      [
        'quayside cannot start:',
        '  Missing setting: IMP_KEY, IMP_SECRET, MERCHANT_API_KEY, ORDER_TOKEN_SECRET, SHOP_ORIGINS, RESULT_PAGES, EVENT_URL, EVENT_SECRETS',
        '  PORT must be a whole number from 0 to 65535',
        '  STOP_SECONDS must be a whole number from 0 to 600',
        '  MIGRATE must be true or false',
        '  TRUSTED_PROXIES must be a number of proxies up to 10, or their addresses and networks',
        'quayside doctor, with the same settings, says what each of them must be.',
        '',
      ],
    ])
  })

  it('names the file of --settings when it cannot be read, and ends with the code 2', async () => {
    const { code, stderr } = await run(['serve', '--settings', 'none.env'])
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^The file none\.env of --settings cannot be read: Error: ENOENT.*\. Correct its path\.\n$/,
      ),
    ])
  })

  it('refuses a flag that it does not know with the code 2', async () => {
    const { code, stderr } = await run(['serve', '--prot', '80'])
    expect(code).toBe(2)
    expect(stderr).toContain("error: unknown option '--prot'\n(Did you mean --port?)")
  })

  it('ends with the code 4 when its port is taken', async () => {
    const first = await serve()
    const { port } = new URL(first.url)
    const refusal = await serve({ PORT: port }).catch((error: Error) => error.message)
    expect(refusal).toContain(`Cannot listen on 127.0.0.1:${port}: Error: listen EADDRINUSE`)
    expect(refusal).toContain('. Stop the other program, or choose another port with --port.')
  })
})
