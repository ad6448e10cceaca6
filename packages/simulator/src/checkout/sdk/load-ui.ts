/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: the buttons, widgets and modules that PGs put into the shop's own page.
import type { SdkHost } from './request-certification.ts'

type Fields = Record<string, unknown>
type RequestPay = (params: Fields, callback: unknown) => void

/** One UI that stands in the page; pressing it asks for what it was last told. */
interface LoadedUi {
  params: Fields
  readonly callback: unknown
}

/** Makes `IMP.loadUI`, `IMP.updateLoadUIRequest` and `IMP.loadModule`. */
export function createLoadUi(host: SdkHost, requestPay: RequestPay) {
  const loaded = new Map<string, LoadedUi>()
  return {
    loadUI: (uiType: string, params: Fields, callback: unknown) =>
      loadUi(host, { loaded, requestPay }, uiType, { params, callback }),
    updateLoadUIRequest: (uiType: string, params: Fields) => {
      const found = loaded.get(uiType)
      if (found === undefined) throw new Error(`로드되지 않은 UI 타입입니다: ${uiType}`)
      found.params = params
    },
    loadModule: (moduleType: string, params: Fields) => loadModule(host, moduleType, params),
  }
}

function loadUi(
  host: SdkHost,
  { loaded, requestPay }: { loaded: Map<string, LoadedUi>; requestPay: RequestPay },
  uiType: string,
  loadedUi: LoadedUi,
): void {
  if (host.userCode === null) {
    host.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
    return
  }
  const isPayPal = uiType === 'paypal-spb' || uiType === 'paypal-rt'
  if (!isPayPal && uiType !== 'toss-brandpay-widget') {
    throw new Error(`알 수 없는 UI 타입입니다: ${uiType}`)
  }
  const container = host.page.document.querySelector(
    `.portone-ui-container[data-portone-ui-type="${uiType}"]`,
  )
  if (container === null) throw new Error(`UI를 그릴 .portone-ui-container가 없습니다: ${uiType}`)

  loaded.set(uiType, loadedUi)
  const onPress = () => {
    const current = loaded.get(uiType) ?? loadedUi
    const defaults = isPayPal
      ? { pg: 'paypal_v2', pay_method: 'paypal', popup: true }
      : { pg: 'toss_brandpay', pay_method: 'toss_brandpay' }
    requestPay({ ...defaults, ...current.params }, current.callback)
  }
  if (isPayPal) container.replaceChildren(payPalButton(host, uiType, onPress))
  else placeWidget(host, container, onPress)
}

function payPalButton(host: SdkHost, uiType: string, onPress: () => void): HTMLButtonElement {
  const button = host.page.document.createElement('button')
  button.type = 'button'
  button.textContent = uiType === 'paypal-rt' ? 'PayPal 등록 (save)' : 'PayPal'
  const style = { width: '100%', minHeight: '48px', border: '0', borderRadius: '24px' }
  Object.assign(button.style, style, { background: '#ffc439', color: '#111', fontWeight: '700' })
  button.addEventListener('click', onPress)
  return button
}

/** The widget takes its pay button from the shop: an element of this id, wherever it stands. */
function placeWidget(host: SdkHost, container: Element, onPress: () => void): void {
  const note = host.page.document.createElement('p')
  note.textContent =
    '토스 브랜드페이 (시뮬레이터): 결제수단은 결제창에서 고릅니다. Choose how to pay in the window.'
  container.replaceChildren(note)
  const button = host.page.document.getElementById('portone-toss-brandpay-widget-button')
  if (button !== null) button.onclick = onPress
}

async function loadModule(host: SdkHost, moduleType: string, params: Fields = {}): Promise<Fields> {
  if (moduleType !== 'toss_brandpay' || host.userCode === null) {
    throw Object.assign(new Error('지원하지 않는 모듈입니다.'), { code: 'BadRequest' })
  }
  const channel = typeof params.channelKey === 'string' ? params.channelKey : ''
  const query = `userCode=${encodeURIComponent(host.userCode)}&channelKey=${encodeURIComponent(channel)}`
  const response = await fetchCredentials(`${host.baseUrl}/api/client-credentials/v1?${query}`)
  if (typeof response.code === 'string') {
    throw Object.assign(new Error(String(response.message)), { code: response.code })
  }
  return response
}

async function fetchCredentials(url: string): Promise<Fields> {
  try {
    const response = await fetch(url)
    return await response.json()
  } catch (cause) {
    return { code: 'UnknownError', message: String(cause) }
  }
}

/** Everything `createUi` calls, for `script.ts` to send along. */
export const loadUiParts = [loadUi, payPalButton, placeWidget, loadModule, fetchCredentials]
