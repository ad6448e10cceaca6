// The real script's texts, spelling included: merchants compare with them.

/** `IMP.init` has not been called. */
export const notInitialized = '판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.'

/** No channel matches the request. */
export const channelUnknown = '등록 된 PG 설정 정보를 찾을 수 없습니다.'

/** The requested channel is of another type. */
export const channelOfAnotherType =
  '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'

/** The browser blocked the popup. */
export const popupBlocked = '팝업을 호출하는데 실패하였습니다.'
