// `IMP.naver_zzim`, which puts products on a buyer's list at Naver.
import { notInitialized } from './error-texts.ts'
import type { Fields, SdkState } from './sdk-state.ts'

/** Makes `IMP.naver_zzim`: a popup on a PC, the whole page on a phone. The shop receives no result. */
export function createWishlist(sdk: SdkState): (params?: Fields) => void {
  return (params = {}) => openWishlist(sdk, params)
}

function openWishlist(sdk: SdkState, params: Fields): void {
  if (sdk.userCode === null) {
    sdk.page.alert(notInitialized)
    return
  }
  if (!sdk.channels.some(({ pg_provider }) => pg_provider === 'naverco')) {
    sdk.page.alert('네이버페이 주문형으로 다시 시도해주세요.')
    return
  }
  // Opened during the buyer's click: browsers block a popup that opens later.
  const size =
    'height=600,width=480,location=no,status=yes,dependent=no,scrollbars=yes,resizable=yes'
  const popup = sdk.isMobile ? sdk.page : sdk.page.open('about:blank', 'IMP_NAVER_ZZIM', size)
  const data = JSON.stringify(params)
  void navigateTo(popup, `${sdk.baseUrl}/window/wishlist`, data)
}

async function navigateTo(target: Window | null, url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body })
  const { redirectUrl } = await response.json()
  if (target !== null) target.location.href = redirectUrl
}
