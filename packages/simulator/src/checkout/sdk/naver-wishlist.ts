/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: `IMP.naver_zzim`, which puts products on a buyer's list at Naver.
import type { Fields, SdkState } from './sdk-state.ts'

/** Makes `IMP.naver_zzim`: a popup on a PC, the whole page on a phone. The shop hears nothing of it. */
export function createWishlist(sdk: SdkState): (params?: Fields) => void {
  return (params = {}) => openWishlist(sdk, params)
}

function openWishlist(sdk: SdkState, params: Fields): void {
  if (sdk.userCode === null) {
    sdk.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
    return
  }
  if (!sdk.channels.some(({ pg_provider }) => pg_provider === 'naverco')) {
    sdk.page.alert('네이버페이 주문형으로 다시 시도해주세요.')
    return
  }
  // Opened now, in the buyer's own click: later, browsers would block it.
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

/** Everything `createZzim` calls, for `script.ts` to send along. */
export const wishlistParts = [openWishlist, navigateTo]
