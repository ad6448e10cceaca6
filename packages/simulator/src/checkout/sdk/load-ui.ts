// The buttons, widgets and modules that PGs put into the shop's own page.
import { notInitialized } from './error-texts.ts'
import type { Fields, SdkState } from './sdk-state.ts'

type RequestPay = (params: Fields, callback: unknown) => void

/** One UI in the page; a press requests a payment with its newest parameters. */
interface LoadedUi {
  params: Fields
  readonly callback: unknown
}

/** Makes `IMP.loadUI`, `IMP.updateLoadUIRequest` and `IMP.loadModule`. */
export function createLoadUi(sdk: SdkState, requestPay: RequestPay) {
  const loaded = new Map<string, LoadedUi>()
  return {
    loadUI: (uiType: string, params: Fields, callback: unknown) =>
      loadUi(sdk, { loaded, requestPay }, uiType, { params, callback }),
    updateLoadUIRequest: (uiType: string, params: Fields) => {
      const found = loaded.get(uiType)
      if (found === undefined) throw new Error(`로드되지 않은 UI 타입입니다: ${uiType}`)
      found.params = params
    },
    loadModule: (moduleType: string, params: Fields) => loadModule(sdk, moduleType, params),
  }
}

function loadUi(
  sdk: SdkState,
  { loaded, requestPay }: { loaded: Map<string, LoadedUi>; requestPay: RequestPay },
  uiType: string,
  loadedUi: LoadedUi,
): void {
  if (sdk.userCode === null) {
    sdk.page.alert(notInitialized)
    return
  }
  const isPayPal = uiType === 'paypal-spb' || uiType === 'paypal-rt'
  if (!isPayPal && uiType !== 'toss-brandpay-widget') {
    throw new Error(`알 수 없는 UI 타입입니다: ${uiType}`)
  }
  const container = findContainer(sdk, uiType)
  loaded.set(uiType, loadedUi)
  const onPress = () => {
    const current = loaded.get(uiType) ?? loadedUi
    const defaults = isPayPal
      ? { pg: 'paypal_v2', pay_method: 'paypal', popup: true }
      : { pg: 'toss_brandpay', pay_method: 'toss_brandpay' }
    requestPay({ ...defaults, ...current.params }, current.callback)
  }
  if (isPayPal) container.replaceChildren(payPalButton(sdk, uiType, onPress))
  else placeWidget(sdk, container, onPress)
}

// A single container takes any UI; of several, one and only one must name it.
function findContainer(sdk: SdkState, uiType: string): Element {
  const all = [...sdk.page.document.querySelectorAll('.portone-ui-container')]
  const named = all.filter((element) => element.getAttribute('data-portone-ui-type') === uiType)
  const [only] = all.length === 1 ? all : named
  if (all.length === 0) throw new Error('portone-ui-container를 찾을 수 없습니다.')
  if (only === undefined) throw new Error('data-portone-ui-type에 올바른 UI 타입을 입력해주세요.')
  if (named.length > 1) {
    throw new Error('동일한 data-portone-ui-type을 갖는 DOM element가 2개 이상 존재합니다.')
  }
  return only
}

function payPalButton(sdk: SdkState, uiType: string, onPress: () => void): HTMLButtonElement {
  const button = sdk.page.document.createElement('button')
  button.type = 'button'
  button.textContent = uiType === 'paypal-rt' ? 'PayPal 등록 (save)' : 'PayPal'
  const style = { width: '100%', minHeight: '48px', border: '0', borderRadius: '24px' }
  Object.assign(button.style, style, { background: '#ffc439', color: '#111', fontWeight: '700' })
  button.addEventListener('click', onPress)
  return button
}

/** The widget uses the shop's own pay button: the element with this id, anywhere in the page. */
function placeWidget(sdk: SdkState, container: Element, onPress: () => void): void {
  const note = sdk.page.document.createElement('p')
  note.textContent =
    '토스 브랜드페이 (시뮬레이터): 결제수단은 결제창에서 선택합니다. Choose a payment method in the window.'
  container.replaceChildren(note)
  const button = sdk.page.document.getElementById('portone-toss-brandpay-widget-button')
  if (button !== null) button.onclick = onPress
}

async function loadModule(sdk: SdkState, moduleType: string, params: Fields = {}): Promise<Fields> {
  if (moduleType !== 'toss_brandpay' || sdk.userCode === null) {
    throw Object.assign(new Error('지원하지 않는 모듈입니다.'), { code: 'BadRequest' })
  }
  const channel = typeof params.channelKey === 'string' ? params.channelKey : ''
  const query = `userCode=${encodeURIComponent(sdk.userCode)}&channelKey=${encodeURIComponent(channel)}`
  const response = await fetchCredentials(`${sdk.baseUrl}/api/client-credentials/v1?${query}`)
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
