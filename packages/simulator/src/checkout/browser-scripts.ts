// Written by `npm run browser-scripts` from sdk/; not edited by hand.

export const impScript = `"use strict";
(() => {
  // packages/simulator/src/checkout/device.ts
  var mobilePattern = "iPhone|iPad|iPod|Android|Mobile";

  // packages/simulator/src/checkout/sdk/read-message.ts
  function readMessage({ data }) {
    const message = typeof data === "string" ? parseObject(data) : null;
    if (message === null || typeof message.action !== "string") return null;
    return { action: message.action, data: isObject(message.data) ? message.data : {} };
  }
  function parseObject(text) {
    try {
      const value = JSON.parse(text);
      return isObject(value) ? value : null;
    } catch {
      return null;
    }
  }
  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  // packages/simulator/src/checkout/sdk/frame-messages.ts
  function createFrameMessages(sdk, poll) {
    const messages = {
      send: (request) => sendRequest(sdk, request),
      show: (request, opened) => showWindow(sdk, request, opened, poll),
      finish: (request, data) => finishRequest(sdk, request, data),
      dismiss: (request) => dismissRequest(sdk, request),
      communicate: (message) => communicate(sdk, message)
    };
    sdk.page.addEventListener("message", (event) => receiveFrameMessage(sdk, messages, event, poll));
    return messages;
  }
  function sendRequest(sdk, request) {
    if (request.channel === null) return;
    const frame = frameOf(sdk, request.channel);
    request.frame = frame;
    const data = { ...request.params, request_id: request.id, tier_code: sdk.tierCode };
    sdk.frameHost.post(frame, "payment", data);
  }
  function frameOf(sdk, channel) {
    const existing = sdk.frames.get(channel);
    if (existing !== void 0) return existing;
    const { pg_provider, pg_id, sandbox, store_id } = channel;
    const path = [sdk.userCode ?? "", pg_provider, pg_id].map(encodeURIComponent).join("/");
    const query = \`sandbox=\${sandbox}&store_id=\${encodeURIComponent(store_id)}\`;
    const frame = sdk.frameHost.add(\`\${sdk.baseUrl}/payments/ready/\${path}?\${query}\`);
    sdk.frames.set(channel, frame);
    return frame;
  }
  function receiveFrameMessage(sdk, messages, event, poll) {
    const message = event.origin === sdk.baseUrl ? readMessage(event) : null;
    if (message === null) return;
    const { action, data } = message;
    if (action === "ready") {
      for (const frame of sdk.frames.values()) sdk.frameHost.markReady(frame, event.source);
      return;
    }
    const request = sdk.requests.get(String(data.request_id));
    if (request === void 0) return;
    if (action === "payment") messages.finish(request, data);
    if (action === "window") messages.show(request, data);
    if (action === "closed") void poll(request);
  }
  function showWindow(sdk, request, opened, poll) {
    request.impUid = toText(opened.imp_uid);
    const url = \`\${sdk.baseUrl}\${toText(opened.url)}\`;
    if (opened.returnMethod === "redirect") {
      request.popup?.close();
      sdk.page.location.href = url;
      return;
    }
    if (request.popup !== null) {
      request.popup.location.href = url;
      request.timer = sdk.page.setInterval(() => watchPopup(sdk, request, poll), 100);
      return;
    }
    request.frame ??= sdk.frameHost.add(null);
    sdk.frameHost.show(request.frame);
    request.frame.iframe.contentWindow?.location.replace(url);
  }
  function watchPopup(sdk, request, poll) {
    if (!request.popup?.closed) return;
    sdk.page.clearInterval(request.timer);
    if (request.frame === null) void poll(request);
    else {
      const data = { request_id: request.id, imp_uid: request.impUid, result: "check.closing" };
      sdk.frameHost.post(request.frame, "check.closing", data);
    }
  }
  function dismissRequest(sdk, request) {
    sdk.requests.delete(request.id);
    sdk.page.clearInterval(request.timer);
    request.popup?.close();
    if (request.frame !== null) sdk.frameHost.hide(request.frame);
  }
  function finishRequest(sdk, request, data) {
    dismissRequest(sdk, request);
    const result = { ...data };
    delete result.request_id;
    delete result.portoneError;
    if (request.callback !== null) request.callback(result);
    if (request.impUid !== null) {
      const path = \`/window/returned/\${encodeURIComponent(request.impUid)}\`;
      sdk.page.navigator.sendBeacon(\`\${sdk.baseUrl}\${path}\`);
    }
    if (request.callback === null && sdk.isMobile && !result.success && result.error_msg) {
      sdk.page.location.href = failureUrl(sdk.baseUrl, request.params.m_redirect_url, result);
    }
  }
  function failureUrl(baseUrl, redirect, data) {
    const error = \`error_msg=\${toText(data.error_msg)}\`;
    const ids = \`imp_uid=\${toText(data.imp_uid)}\`;
    if (typeof redirect !== "string" || redirect === "") {
      return encodeURI(\`\${baseUrl}/payments/fail?\${ids}&success=false&\${error}\`);
    }
    const pairs = \`\${ids}&merchant_uid=\${toText(data.merchant_uid)}&imp_success=false&\${error}\`;
    const [address = "", ...hash] = redirect.split("#");
    const separator = address.includes("&") ? "" : address.includes("?") ? "&" : "?";
    return encodeURI([\`\${address}\${separator}\${pairs}\`, ...hash].join("#"));
  }
  function toText(value) {
    return typeof value === "string" ? value : JSON.stringify(value ?? null);
  }
  function communicate(sdk, message) {
    for (const { frame } of sdk.requests.values()) {
      if (frame?.dialog.open) sdk.frameHost.post(frame, "communicate", message);
    }
  }

  // packages/simulator/src/checkout/sdk/frames.ts
  function createFrames(page, baseUrl, isMobile) {
    let container = null;
    return {
      setContainer: (element) => {
        container = element;
      },
      add: (idleUrl) => addFrame(page, container, idleUrl),
      show: (frame) => showFrame(frame, container !== null, isMobile),
      hide: hideFrame,
      post: (frame, action, data) => {
        const { origin } = page.location;
        const message = { action, data, origin, from: "iamport-sdk", version: "1.2.0" };
        frame.queue.push(JSON.stringify(message));
        if (frame.ready) flushQueue(frame, baseUrl);
      },
      markReady: (frame, source) => {
        if (frame.iframe.contentWindow !== source) return;
        frame.ready = true;
        flushQueue(frame, baseUrl);
      }
    };
  }
  function addFrame(page, container, idleUrl) {
    const iframe = page.document.createElement("iframe");
    iframe.title = "결제창 (payment window)";
    iframe.allow = "payment";
    if (idleUrl !== null) iframe.src = idleUrl;
    const dialog = page.document.createElement("dialog");
    dialog.dataset.imp = "window";
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.append(iframe);
    const parent = container ?? page.document.body;
    parent.append(dialog);
    return { dialog, iframe, idleUrl, ready: false, queue: [] };
  }
  function showFrame(frame, isEmbedded, isMobile) {
    if (frame.dialog.open) return;
    const width = isEmbedded || isMobile ? "100%" : "min(420px, 100%)";
    const height = isMobile && !isEmbedded ? "100%" : "min(640px, 100%)";
    const radius = isMobile ? "0" : "16px";
    const size = { width, height, border: "0", background: "#fff", borderRadius: radius };
    Object.assign(frame.iframe.style, size);
    const layout = { display: "grid", gridTemplate: "100% / 100%", placeItems: "center" };
    Object.assign(frame.dialog.style, layout, { border: "0", padding: "0", margin: "0" });
    if (isEmbedded) {
      Object.assign(frame.dialog.style, { position: "static", width: "100%", height: "640px" });
      frame.dialog.show();
    } else {
      const fullScreen = { width: "100vw", height: "100dvh", maxWidth: "none", maxHeight: "none" };
      Object.assign(frame.dialog.style, fullScreen, { background: "rgba(15, 23, 42, 0.6)" });
      frame.dialog.showModal();
    }
    frame.iframe.focus();
  }
  function hideFrame(frame) {
    if (frame.dialog.open) frame.dialog.close();
    frame.dialog.style.display = "none";
    if (frame.idleUrl === null) {
      frame.dialog.remove();
      return;
    }
    frame.ready = false;
    frame.iframe.contentWindow?.location.replace(frame.idleUrl);
  }
  function flushQueue(frame, baseUrl) {
    for (const message of frame.queue.splice(0)) {
      frame.iframe.contentWindow?.postMessage(message, baseUrl);
    }
  }

  // packages/simulator/src/checkout/sdk/error-texts.ts
  var notInitialized = "판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.";
  var channelUnknown = "등록 된 PG 설정 정보를 찾을 수 없습니다.";
  var channelOfAnotherType = "등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.";
  var popupBlocked = "팝업을 호출하는데 실패하였습니다.";

  // packages/simulator/src/checkout/sdk/load-ui.ts
  function createLoadUi(sdk, requestPay2) {
    const loaded = /* @__PURE__ */ new Map();
    return {
      loadUI: (uiType, params, callback) => loadUi(sdk, { loaded, requestPay: requestPay2 }, uiType, { params, callback }),
      updateLoadUIRequest: (uiType, params) => {
        const found = loaded.get(uiType);
        if (found === void 0) throw new Error(\`로드되지 않은 UI 타입입니다: \${uiType}\`);
        found.params = params;
      },
      loadModule: (moduleType, params) => loadModule(sdk, moduleType, params)
    };
  }
  function loadUi(sdk, { loaded, requestPay: requestPay2 }, uiType, loadedUi) {
    if (sdk.userCode === null) {
      sdk.page.alert(notInitialized);
      return;
    }
    const isPayPal = uiType === "paypal-spb" || uiType === "paypal-rt";
    if (!isPayPal && uiType !== "toss-brandpay-widget") {
      throw new Error(\`알 수 없는 UI 타입입니다: \${uiType}\`);
    }
    const container = findContainer(sdk, uiType);
    loaded.set(uiType, loadedUi);
    const onPress = () => {
      const current = loaded.get(uiType) ?? loadedUi;
      const defaults = isPayPal ? { pg: "paypal_v2", pay_method: "paypal", popup: true } : { pg: "toss_brandpay", pay_method: "toss_brandpay" };
      requestPay2({ ...defaults, ...current.params }, current.callback);
    };
    if (isPayPal) container.replaceChildren(payPalButton(sdk, uiType, onPress));
    else placeWidget(sdk, container, onPress);
  }
  function findContainer(sdk, uiType) {
    const all = [...sdk.page.document.querySelectorAll(".portone-ui-container")];
    const named = all.filter((element) => element.getAttribute("data-portone-ui-type") === uiType);
    const [only] = all.length === 1 ? all : named;
    if (all.length === 0) throw new Error("portone-ui-container를 찾을 수 없습니다.");
    if (only === void 0) throw new Error("data-portone-ui-type에 올바른 UI 타입을 입력해주세요.");
    if (named.length > 1) {
      throw new Error("동일한 data-portone-ui-type을 갖는 DOM element가 2개 이상 존재합니다.");
    }
    return only;
  }
  function payPalButton(sdk, uiType, onPress) {
    const button = sdk.page.document.createElement("button");
    button.type = "button";
    button.textContent = uiType === "paypal-rt" ? "PayPal 등록 (save)" : "PayPal";
    const style = { width: "100%", minHeight: "48px", border: "0", borderRadius: "24px" };
    Object.assign(button.style, style, { background: "#ffc439", color: "#111", fontWeight: "700" });
    button.addEventListener("click", onPress);
    return button;
  }
  function placeWidget(sdk, container, onPress) {
    const note = sdk.page.document.createElement("p");
    note.textContent = "토스 브랜드페이 (시뮬레이터): 결제수단은 결제창에서 선택합니다. Choose a payment method in the window.";
    container.replaceChildren(note);
    const button = sdk.page.document.getElementById("portone-toss-brandpay-widget-button");
    if (button !== null) button.onclick = onPress;
  }
  async function loadModule(sdk, moduleType, params = {}) {
    if (moduleType !== "toss_brandpay" || sdk.userCode === null) {
      throw Object.assign(new Error("지원하지 않는 모듈입니다."), { code: "BadRequest" });
    }
    const channel = typeof params.channelKey === "string" ? params.channelKey : "";
    const query = \`userCode=\${encodeURIComponent(sdk.userCode)}&channelKey=\${encodeURIComponent(channel)}\`;
    const response = await fetchCredentials(\`\${sdk.baseUrl}/api/client-credentials/v1?\${query}\`);
    if (typeof response.code === "string") {
      throw Object.assign(new Error(String(response.message)), { code: response.code });
    }
    return response;
  }
  async function fetchCredentials(url) {
    try {
      const response = await fetch(url);
      return await response.json();
    } catch (cause) {
      return { code: "UnknownError", message: String(cause) };
    }
  }

  // packages/simulator/src/checkout/sdk/naver-wishlist.ts
  function createWishlist(sdk) {
    return (params = {}) => openWishlist(sdk, params);
  }
  function openWishlist(sdk, params) {
    if (sdk.userCode === null) {
      sdk.page.alert(notInitialized);
      return;
    }
    if (!sdk.channels.some(({ pg_provider }) => pg_provider === "naverco")) {
      sdk.page.alert("네이버페이 주문형으로 다시 시도해주세요.");
      return;
    }
    const size = "height=600,width=480,location=no,status=yes,dependent=no,scrollbars=yes,resizable=yes";
    const popup = sdk.isMobile ? sdk.page : sdk.page.open("about:blank", "IMP_NAVER_ZZIM", size);
    const data = JSON.stringify(params);
    void navigateTo(popup, \`\${sdk.baseUrl}/window/wishlist\`, data);
  }
  async function navigateTo(target, url, body) {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body });
    const { redirectUrl } = await response.json();
    if (target !== null) target.location.href = redirectUrl;
  }

  // packages/simulator/src/checkout/sdk/new-module.ts
  function createModules(sdk, messages) {
    return {
      prepare: (request) => prepare(sdk, messages, request),
      poll: (request) => pollStatus(sdk, messages, request)
    };
  }
  async function prepare(sdk, messages, request) {
    const { merchant_uid, customer_uid } = request.params;
    const actionType = customer_uid ? "REQUEST_ISSUE_BILLING_KEY" : "REQUEST_PAY";
    const data = { userCode: sdk.userCode, tierCode: sdk.tierCode, ...request.params, actionType };
    const deviceInfo = { userAgent: sdk.page.navigator.userAgent };
    const opened = await callServer(\`\${sdk.baseUrl}/api/prepare/v1\`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ data, deviceInfo, sdkVersion: "1.19.0", requestId: request.id })
    });
    if (opened.error_code) messages.finish(request, { merchant_uid, ...opened });
    else messages.show(request, opened);
  }
  async function callServer(url, init) {
    try {
      const response = await fetch(url, init);
      if (response.status >= 500) return { error_code: "F500", error_msg: await response.text() };
      const body = await response.json();
      if (response.ok) return body;
      return { error_code: body.error_code ?? "F400", error_msg: body.error_msg ?? "" };
    } catch (cause) {
      return { error_code: "F500", error_msg: String(cause) };
    }
  }
  async function pollStatus(sdk, messages, request) {
    if (request.frame !== null) sdk.frameHost.hide(request.frame);
    const ids = { imp_uid: request.impUid, merchant_uid: request.params.merchant_uid };
    const url = \`\${sdk.baseUrl}/api/status/v1?imp_uid=\${encodeURIComponent(String(request.impUid))}\`;
    for (let turn = 0; turn < 5; turn += 1) {
      const status = await callServer(url);
      if (status.error_code) return messages.finish(request, { ...ids, ...failureOf(status) });
      if (status.status === "paid" || status.status === "issued") return messages.finish(request, ids);
      await new Promise((resolve) => sdk.page.setTimeout(resolve, 1e3));
    }
    const error_msg = "사용자가 결제를 취소하였습니다.";
    messages.finish(request, { ...ids, error_code: "F400", error_msg });
  }
  function failureOf({ error_code, error_msg, pg_code, pg_message }) {
    const isByPg = typeof pg_code === "string" && typeof pg_message === "string";
    return isByPg ? { error_code, error_msg: \`[\${pg_code}] \${pg_message}\` } : { error_code, error_msg };
  }

  // packages/simulator/src/checkout/sdk/pick-channel.ts
  function pickChannel(channels, params, candidates = channels) {
    if (params.channelKey) {
      return channels.find(({ channel_key }) => channel_key === params.channelKey) ?? null;
    }
    const [provider, ...mid] = typeof params.pg === "string" ? params.pg.split(".") : [];
    const ofProvider = candidates.filter(({ pg_provider }) => pg_provider === provider);
    const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join("."));
    return exact ?? ofProvider[0] ?? candidates[0] ?? null;
  }

  // packages/simulator/src/checkout/sdk/request-certification.ts
  function createCertification(sdk) {
    const pending = /* @__PURE__ */ new Map();
    sdk.page.addEventListener("message", (event) => receiveCertification(sdk, pending, event));
    return (params, callback) => startCertification(sdk, pending, params, callback);
  }
  function startCertification(sdk, pending, params = {}, callback) {
    if (sdk.userCode === null) {
      sdk.page.alert(notInitialized);
      return;
    }
    const id = \`req_\${Date.now()}_\${pending.size}\`;
    const merchantUid = params.merchant_uid || \`nobody_\${Date.now()}\`;
    const isPopup = !sdk.isMobile || params.popup === true;
    const candidates = sdk.channels.filter(({ type }) => type === "certification");
    const channel = pickChannel(sdk.channels, params, candidates);
    const verification = {
      id,
      merchantUid,
      // Opened during the buyer's click: browsers block a popup that opens later.
      popup: isPopup && channel?.type === "certification" ? sdk.page.open("", "_blank", "popup,width=420,height=640") : null,
      callback,
      impUid: null,
      timer: 0
    };
    pending.set(id, verification);
    const refusal = validateCertification(
      channel,
      merchantUid,
      isPopup && verification.popup === null
    );
    if (refusal !== null) finishCertification(sdk, pending, verification, refusal);
    else
      void openCertification(sdk, pending, verification, {
        ...params,
        merchant_uid: merchantUid,
        channel
      });
  }
  function validateCertification(channel, merchant_uid, isBlocked) {
    const base = { imp_uid: null, merchant_uid };
    if (channel === null) {
      return { success: false, ...base, error_code: "NOT_READY", error_msg: channelUnknown };
    }
    if (channel.type !== "certification") {
      return { imp_success: false, ...base, error_coe: "F1001", error_msg: channelOfAnotherType };
    }
    if (!isBlocked) return null;
    return { ...base, error_code: "NOT READY", error_msg: popupBlocked };
  }
  async function openCertification(sdk, pending, verification, params) {
    const returnMethod = verification.popup === null ? "redirect" : "callback";
    const { userCode, tierCode } = sdk;
    const ids = { userCode, tierCode, requestId: verification.id };
    const data = { ...ids, params, returnMethod, pageUrl: sdk.page.location.href };
    const response = await postJson(\`\${sdk.baseUrl}/certificates/open\`, data);
    if (typeof response.url !== "string") {
      finishCertification(sdk, pending, verification, response);
      return;
    }
    verification.impUid = String(response.imp_uid);
    const url = \`\${sdk.baseUrl}\${response.url}\`;
    if (verification.popup === null) {
      sdk.page.location.href = url;
      return;
    }
    verification.popup.location.href = url;
    verification.timer = sdk.page.setInterval(() => {
      if (verification.popup?.closed) void closeCertification(sdk, pending, verification);
    }, 100);
  }
  async function closeCertification(sdk, pending, verification) {
    sdk.page.clearInterval(verification.timer);
    const path = \`/certificates/closing/\${encodeURIComponent(String(verification.impUid))}\`;
    const response = await postJson(\`\${sdk.baseUrl}\${path}\`, {});
    if (pending.has(verification.id)) finishCertification(sdk, pending, verification, response);
  }
  async function postJson(url, data) {
    try {
      const headers = { "content-type": "application/json" };
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(data) });
      return await response.json();
    } catch (cause) {
      return { success: false, imp_uid: null, error_code: "F500", error_msg: String(cause) };
    }
  }
  function receiveCertification(sdk, pending, event) {
    const message = event.origin === sdk.baseUrl ? readMessage(event) : null;
    if (message?.action !== "certification") return;
    const { data } = message;
    const verification = pending.get(String(data.request_id));
    if (verification !== void 0) finishCertification(sdk, pending, verification, data);
  }
  function finishCertification(sdk, pending, verification, data) {
    pending.delete(verification.id);
    sdk.page.clearInterval(verification.timer);
    verification.popup?.close();
    const result = { ...data };
    delete result.request_id;
    if (typeof verification.callback === "function") verification.callback(result);
  }

  // packages/simulator/src/checkout/sdk/validate.ts
  function validateRequest(channel, params, usesNewModule2) {
    const { merchant_uid } = params;
    const base = { success: false, imp_uid: null, merchant_uid };
    if (channel === null) {
      return { ...base, error_code: "NOT_READY", error_msg: channelUnknown };
    }
    if (channel.type !== "payment") {
      const ids = { imp_uid: null, merchant_uid };
      return { imp_success: false, ...ids, error_coe: "F1001", error_msg: channelOfAnotherType };
    }
    const error_msg = typeErrorOf(params);
    if (error_msg === null) return null;
    const failure = { error_code: "F400", error_msg };
    return usesNewModule2 ? { merchant_uid, ...failure } : { ...base, ...failure };
  }
  function typeErrorOf(params) {
    if (!takesNoMoney(params) && typeof params.amount !== "number")
      return "amount 파라미터는 숫자여야 합니다.";
    if (typeof params.merchant_uid !== "string") return "merchant_uid 파라미터는 문자열이어야 합니다.";
    return null;
  }
  function takesNoMoney({ bypass }) {
    const { kcpQuick } = Object(bypass);
    const { actionType } = Object(kcpQuick);
    return typeof actionType === "string" && actionType !== "Pay";
  }

  // packages/simulator/src/checkout/sdk/request-pay.ts
  function createRequest(sdk, deps) {
    return (params, callback) => requestPay(sdk, deps, params, callback);
  }
  function requestPay(sdk, { messages, modules }, given, callback) {
    if (!given) return sdk.page.alert("결제요청 파라메터가 누락되었습니다.");
    if (sdk.userCode === null) {
      return sdk.page.alert(notInitialized);
    }
    let now = Date.now();
    while (sdk.requests.has(\`req_\${now}\`)) now += 1;
    const merchant_uid = given.merchant_uid || \`nobody_\${now}\`;
    const params = { ...given, merchant_uid, pay_method: given.pay_method || "card" };
    const request = {
      id: \`req_\${now}\`,
      params,
      channel: pickChannel(sdk.channels, given),
      callback: typeof callback === "function" ? (response) => callback(response) : null,
      popup: null,
      frame: null,
      impUid: null,
      timer: 0
    };
    sdk.requests.set(request.id, request);
    const refusal = validateRequest(request.channel, params, usesNewModule(request)) ?? openPopup(sdk, request);
    if (refusal !== null) return messages.finish(request, refusal);
    if (usesNewModule(request)) void modules.prepare(request);
    else messages.send(request);
  }
  function usesNewModule({ channel, params }) {
    if (channel?.pg_provider === "tosspayments" && params.customer_uid) return false;
    return channel?.module === "new";
  }
  function openPopup(sdk, request) {
    if (!wantsPopup(request)) return null;
    request.popup = sdk.page.open("", "_blank", "popup,width=420,height=640");
    if (request.popup !== null) return null;
    const { merchant_uid } = request.params;
    return { imp_uid: null, merchant_uid, error_code: "NOT READY", error_msg: popupBlocked };
  }
  function wantsPopup({ channel, params }) {
    return params.popup === true || channel?.pg_provider === "eximbay" && params.popup !== false;
  }

  // packages/simulator/src/checkout/sdk/imp.ts
  function installImp(page, settings2) {
    const script = page.document.currentScript;
    const source = script instanceof HTMLScriptElement ? script.src : "";
    const baseUrl = source === "" ? settings2.origin : new URL(source).origin;
    const isMobile = new RegExp(mobilePattern).test(page.navigator.userAgent);
    const sdk = {
      page,
      baseUrl,
      isMobile,
      frameHost: createFrames(page, baseUrl, isMobile),
      userCode: null,
      tierCode: null,
      channels: [],
      frames: /* @__PURE__ */ new Map(),
      requests: /* @__PURE__ */ new Map()
    };
    const messages = createFrameMessages(sdk, (request) => modules.poll(request));
    const modules = createModules(sdk, messages);
    const requestPay2 = createRequest(sdk, { messages, modules });
    const close = () => {
      for (const request of sdk.requests.values()) messages.dismiss(request);
    };
    Object.assign(page, {
      IMP: {
        init: (userCode, options) => initialize(sdk, userCode, null, options),
        agency: (userCode, tierCode) => initialize(sdk, userCode, tierCode, void 0),
        deinit: () => {
          close();
          deinitialize(sdk);
        },
        request_pay: requestPay2,
        certification: createCertification(sdk),
        ...createLoadUi(sdk, requestPay2),
        naver_zzim: createWishlist(sdk),
        communicate: (message) => messages.communicate(message),
        close
      }
    });
  }
  function initialize(sdk, userCode, tierCode, options) {
    if (sdk.userCode !== null || typeof userCode !== "string" || userCode === "") return;
    sdk.userCode = userCode;
    sdk.tierCode = typeof tierCode === "string" ? tierCode : null;
    const container = options?.pgIframeContainer;
    sdk.frameHost.setContainer(container instanceof HTMLElement ? container : null);
    sdk.channels = readChannels(sdk, userCode);
  }
  function deinitialize(sdk) {
    for (const frame of sdk.frames.values()) frame.dialog.remove();
    sdk.frames.clear();
    sdk.channels = [];
    sdk.userCode = null;
  }
  function readChannels(sdk, userCode) {
    const tier = sdk.tierCode === null ? "" : \`?tier=\${encodeURIComponent(sdk.tierCode)}\`;
    const request = new XMLHttpRequest();
    request.open("GET", \`\${sdk.baseUrl}/users/pg/\${encodeURIComponent(userCode)}\${tier}\`, false);
    request.send();
    const response = JSON.parse(request.responseText);
    return response.code === 0 ? response.data : [];
  }

  // packages/simulator/src/checkout/sdk/entries/imp.ts
  installImp(window, settings);
})();
`

export const channelFrameScript = `"use strict";
(() => {
  // packages/simulator/src/checkout/sdk/read-message.ts
  function readMessage({ data }) {
    const message = typeof data === "string" ? parseObject(data) : null;
    if (message === null || typeof message.action !== "string") return null;
    return { action: message.action, data: isObject(message.data) ? message.data : {} };
  }
  function parseObject(text) {
    try {
      const value = JSON.parse(text);
      return isObject(value) ? value : null;
    } catch {
      return null;
    }
  }
  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  // packages/simulator/src/checkout/sdk/channel-frame.ts
  function installChannelFrame(frame) {
    const userCode = frame.document.body.dataset.userCode ?? "";
    frame.addEventListener("message", (event) => {
      const message = event.source === frame.parent ? readMessage(event) : null;
      const path = message && pathOf(message, userCode);
      if (message !== null && path !== null) void forward(frame, path, event.origin, message.data);
    });
    frame.parent.postMessage(JSON.stringify({ action: "ready", data: {} }), "*");
  }
  function pathOf({ action, data }, userCode) {
    if (action === "payment") return \`/window/open/\${encodeURIComponent(userCode)}\`;
    if (action !== "check.closing") return null;
    return \`/window/closing/\${encodeURIComponent(String(data.imp_uid))}\`;
  }
  async function forward(frame, path, origin, data) {
    const response = await frame.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ data, origin })
    });
    frame.parent.postMessage(await response.text(), origin === "null" ? "*" : origin);
  }

  // packages/simulator/src/checkout/sdk/entries/channel-frame.ts
  installChannelFrame(window);
})();
`

export const windowScript = `"use strict";
(() => {
  // packages/simulator/src/checkout/sdk/read-message.ts
  function readMessage({ data }) {
    const message = typeof data === "string" ? parseObject(data) : null;
    if (message === null || typeof message.action !== "string") return null;
    return { action: message.action, data: isObject(message.data) ? message.data : {} };
  }
  function parseObject(text) {
    try {
      const value = JSON.parse(text);
      return isObject(value) ? value : null;
    } catch {
      return null;
    }
  }
  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  // packages/simulator/src/checkout/sdk/window-script.ts
  function installWindowScript(page) {
    const main = page.document.querySelector("main");
    if (main === null) return;
    const { message, origin } = main.dataset;
    const shopPage = page.opener ?? page.parent;
    if (message !== void 0 && shopPage !== page) {
      shopPage.postMessage(message, origin === void 0 || origin === "null" ? "*" : origin);
    }
    page.document.querySelector("h1")?.focus();
    page.document.addEventListener("keydown", (event) => {
      const close = page.document.querySelector('[data-action="close"]');
      if (event.key === "Escape") close?.click();
    });
    page.addEventListener("message", (event) => receiveWindowMessage(page, event));
    page.document.addEventListener("submit", (event) => submitOnce(page, event));
  }
  function receiveWindowMessage(page, event) {
    const message = event.source === page.parent ? readMessage(event) : null;
    if (message?.action !== "communicate") return;
    const { result } = message.data;
    const button = result === "process" ? "pay" : result === "cancel" ? "cancel" : null;
    if (button === null) return;
    page.document.querySelector(\`[data-action="\${button}"]\`)?.click();
  }
  function submitOnce(page, event) {
    if (page.document.body.dataset.sent !== void 0) event.preventDefault();
    page.document.body.dataset.sent = "";
  }

  // packages/simulator/src/checkout/sdk/entries/window.ts
  installWindowScript(window);
})();
`

export const linkScript = `"use strict";
(() => {
  // packages/simulator/src/checkout/sdk/link-script.ts
  function installLinkScript(page) {
    const main = page.document.querySelector("main");
    if (main?.dataset.userCode === void 0) return;
    page.IMP.init(main.dataset.userCode);
    for (const button of page.document.querySelectorAll("[data-request]")) {
      button.addEventListener(
        "click",
        () => payByLink(page, JSON.parse(button.dataset.request ?? ""))
      );
    }
  }
  function payByLink(page, request) {
    const m_redirect_url = \`\${page.location.origin}\${page.location.pathname}\`;
    page.IMP.request_pay({ ...request, m_redirect_url }, (response) => {
      const { success, error_code, error_msg } = response;
      const failed = success === false || error_code !== void 0;
      const alert = page.document.querySelector('[role="alert"]');
      if (failed && alert !== null) alert.textContent = error_msg ?? "";
      else page.location.replace(m_redirect_url);
    });
  }

  // packages/simulator/src/checkout/sdk/entries/link.ts
  installLinkScript(window);
})();
`
