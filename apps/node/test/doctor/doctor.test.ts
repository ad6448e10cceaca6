import { describe, expect, it } from 'vitest'
import { createFolder, run, serve } from '../program.ts'
import { createSettings, secrets } from '../set-up.ts'
import { listen } from '../shop-and-provider.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Runs the doctor for programs: its exit code, and level and code of each finding. */
async function examine(env: Env, flags: readonly string[] = [], folder = createFolder()) {
  const { code, stdout, stderr } = await run(['doctor', '--json', ...flags], env, folder)
  const report = JSON.parse(stdout) as {
    readonly status: string
    readonly findings: readonly Readonly<Record<'check' | 'level' | 'code', string>>[]
  }
  const found = report.findings.map((each) => `${each.level} ${each.check} ${each.code}`)
  return { code, status: report.status, found, stdout, stderr }
}

const atCheck = (found: readonly string[], check: string) =>
  found.filter((each) => each.includes(` ${check} `))

describe('quayside doctor', () => {
  it('finds nothing wrong with a server that is set up completely, and sends the receiver nothing that is signed', async () => {
    const { env, receiver } = await createSettings()
    const folder = createFolder()
    const server = await serve(env, folder)
    const complete = { ...env, PUBLIC_URL: server.url }
    const examined = await examine(complete, [], folder)
    expect([examined.code, examined.status, examined.found, receiver.types]).toEqual([
      0,
      'ok',
      [
        'ok node node_supported',
        'ok settings settings_complete',
        'ok database database_current',
        'ok provider keys_accepted',
        'ok provider channels_of_mode',
        'ok provider channels_need_webhook',
        'ok webhook server_answers',
        'ok webhook webhook_address',
        'ok receiver unsigned_refused',
        'ok pages pages_answer',
        'ok clock clock_of_provider',
      ],
      [],
    ])

    const asked = await examine(complete, ['--send-test-event'], folder)
    expect(atCheck(asked.found, 'receiver')).toEqual([
      'ok receiver unsigned_refused',
      'ok receiver test_event_accepted',
    ])
    expect(receiver.types).toEqual(['receiver.test'])
  })

  it('names every setting that is missing or malformed, in the language of the environment, and makes no file', async () => {
    const folder = createFolder()
    const env = { MODE: 'prod', IMP_KEY: 'imp12345678', SHOP_ORIGINS: 'shop.example' }
    const { code, found } = await examine(env, [], folder)
    expect([code, found]).toEqual([
      1,
      [
        'ok node node_supported',
        ...Array(6).fill('problem settings setting_missing'),
        ...Array(3).fill('problem settings setting_malformed'),
        'ok database database_new',
        'warning provider provider_not_checked',
        'warning webhook public_url_missing',
        'warning receiver receiver_not_checked',
      ],
    ])
    const korean = await run(['doctor'], { ...env, LANG: 'ko_KR.UTF-8' }, folder)
    expect(korean.stdout).toContain(
      '문제  settings  IMP_SECRET 설정이 없습니다\n' +
        '         → 같은 화면의 V1 REST API Secret을 입력하세요. V2 API Secret이 아닙니다\n',
    )
    expect(korean.stdout).toContain(
      '문제  settings  IMP_KEY에 가맹점 식별코드(imp로 시작하는 코드)가 들어 있습니다. V1 REST API Key가 필요합니다\n',
    )
    expect(korean.stdout).toContain('\n문제 9건, 주의 3건\n')
    const english = await run(['doctor', '--lang', 'en'], { ...env, LANG: 'ko_KR.UTF-8' }, folder)
    expect(english.stdout).toContain(
      'problem  settings  IMP_KEY is malformed: IMP_KEY looks like the merchant code (가맹점 식별코드); V1 needs its REST API key\n',
    )
    expect(english.stdout).toContain('\n9 problems, 3 warnings\n')
    expect((await run(['events', 'list'], env, folder)).code).toBe(2)
  })

  it('T99: prints no secret, whatever other servers answer', async () => {
    const { env } = await createSettings()
    const echo = await listen(async (request, response) => {
      let body = `${request.url} ${JSON.stringify(request.headers)}`
      for await (const bytes of request.setEncoding('utf8')) body += String(bytes)
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ code: -1, message: body, response: body }))
    })
    const given: Env = {
      ...env,
      PROVIDER_URL: echo,
      EVENT_URL: `${echo}/events`,
      PUBLIC_URL: echo,
      // Pasted into the wrong setting, whose value is written.
      RESULT_PAGES: `${echo}/${secrets.ORDER_TOKEN_SECRET}`,
      DATABASE_URL: 'postgres://quayside:s3cret%2Fp4ss@127.0.0.1:1/shop',
    }
    for (const flags of [['--json'], ['--lang', 'ko'], ['--send-test-event']]) {
      const { stdout, stderr } = await run(['doctor', ...flags], given)
      const written = stdout + stderr
      expect(written).toContain('127.0.0.1:1')
      for (const secret of [...Object.values(secrets), env.IMP_SECRET, 's3cret']) {
        expect(written).not.toContain(secret)
      }
    }
  })
})
