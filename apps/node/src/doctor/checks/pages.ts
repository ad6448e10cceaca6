import { type Finding, findingsOf } from '../finding.ts'
import { type DoctorDeps, probe } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'

const found = findingsOf('pages')
const names = ['success', 'vbank', 'failed', 'cancelled', 'pending'] as const

/** Whether the result pages exist, and whether pages of a development machine are left among the live settings. */
export async function checkPages(
  { mode, read }: ReadableSettings,
  signal: AbortSignal,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  const pages = read('RESULT_PAGES')?.replace(/\/+$/, '') ?? null
  const origins = read('SHOP_ORIGINS')?.split(',') ?? []
  const unencrypted = [...origins, ...(pages === null ? [] : [pages])]
    .map((each) => each.trim())
    .filter((each) => each.startsWith('http:'))
  const ofLive = mode === 'live' && unencrypted.length > 0 ? [localPages(unencrypted)] : []
  // The page of an app is opened by the app.
  if (pages === null || !/^https?:/.test(pages)) return ofLive
  const probed = await Promise.all(
    names.map(async (name) => {
      const response = await probe(`${pages}/${name}`, {}, signal, deps)
      if (!response.ok) return { name, cause: response.failure.cause }
      const { status } = response.value
      return { name, cause: status < 400 ? null : `HTTP ${status}` }
    }),
  )
  const causes = new Set(probed.map(({ cause }) => cause).filter((cause) => cause !== null))
  const missing = [...causes].map((cause) => {
    const alike = probed.filter((each) => each.cause === cause).map(({ name }) => `/${name}`)
    return `${alike.join(', ')} (${cause})`
  })
  return [...ofLive, missing.length > 0 ? missingPages(pages, missing) : foundPages(pages)]
}

function localPages(urls: readonly string[]): Finding {
  const list = urls.join(', ')
  return found.warning(
    'page_not_https',
    [`${list} is not https in live mode`, `live 모드인데 ${list}이(가) https가 아닙니다`],
    [
      "use its https address; that of the web view of the shop's app may stay",
      'https 주소로 바꾸세요(앱 웹뷰 주소라면 그대로 두어도 됩니다)',
    ],
  )
}

function missingPages(pages: string, missing: readonly string[]): Finding {
  const list = missing.join(', ')
  return found.warning(
    'page_missing',
    [
      `some result pages below ${pages} do not answer: ${list}`,
      `${pages} 아래의 결과 페이지 일부가 응답하지 않습니다: ${list}`,
    ],
    [
      'add these pages: buyers who pay on a phone return to them',
      '해당 페이지를 추가하세요. 모바일 결제 후 구매자가 돌아오는 페이지입니다',
    ],
  )
}

function foundPages(pages: string): Finding {
  return found.ok('pages_answer', [
    `the five result pages below ${pages} answer`,
    `${pages} 아래의 결과 페이지 5개가 모두 응답합니다`,
  ])
}
