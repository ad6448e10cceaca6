import { raw } from 'hono/html'

/** Pictures of the products as inline SVG, so that the shop loads no image from another host. */
const drawings = {
  tin: `
    <rect width="320" height="240" fill="#e6e9dc"/>
    <circle cx="232" cy="92" r="54" fill="#f3f0e2"/>
    <rect y="186" width="320" height="54" fill="#d3d8c4"/>
    <ellipse cx="164" cy="201" rx="74" ry="9" fill="#b5bda2"/>
    <path d="M110 86h96v108q-48 11-96 0z" fill="#3f6152"/>
    <path d="M110 86h22v110.500q-12-.8-22-2.500z" fill="#355245"/>
    <path d="M106 62q52-11 104 0v26q-52 9-104 0z" fill="#4d7463"/>
    <ellipse cx="158" cy="62" rx="52" ry="9" fill="#5d8673"/>
    <rect x="134" y="108" width="52" height="66" rx="2" fill="#f3eedf"/>
    <path d="M160 164c-17-13-17-33 0-46 17 13 17 33 0 46z" fill="#7b9a5c"/>
    <path d="M160 164v-38m0 13 7-6m-7 14-8-6m8 14 8-7" stroke="#4e6b38" stroke-width="1.600" fill="none" stroke-linecap="round"/>
    <g fill="#6d8b4f"><path d="M226 196c10-12 24-14 34-9-9 9-22 12-34 9z"/><path d="M222 197c-1-12 6-22 16-26 3 11-3 21-16 26z"/></g>
    <path d="M84 199c8-7 17-8 24-5-6 6-15 8-24 5z" fill="#86a166"/>`,
  pouch: `
    <rect width="320" height="240" fill="#f0e3cc"/>
    <path d="M0 0h320v96Q160 140 0 96z" fill="#f5ecdb"/>
    <rect y="188" width="320" height="52" fill="#e0cca9"/>
    <ellipse cx="148" cy="202" rx="70" ry="9" fill="#c4a878"/>
    <path d="M104 84h88l10 108q-54 14-108 0z" fill="#a9713b"/>
    <path d="M104 84h22l-8 114q-13-1-24-6z" fill="#96612f"/>
    <path d="M100 60h96l-4 26h-88z" fill="#bb8248"/>
    <path d="M100 60h96l-1.500 9h-93z" fill="#cc9760"/>
    <path d="M98 88q50 9 100 0" stroke="#f0dfbf" stroke-width="4" fill="none"/>
    <path d="M146 93q-14 14-4 28m6-28q16 12 6 30" stroke="#f0dfbf" stroke-width="3" fill="none" stroke-linecap="round"/>
    <circle cx="148" cy="150" r="24" fill="#f5ead2"/>
    <path d="M138 156q10-20 24-16-2 15-24 16zm0 0-4 5" fill="#b9853f" stroke="#8a5a26" stroke-width="1.500"/>
    <path d="M214 178q2 22 26 22t26-22z" fill="#fbf5e8"/>
    <ellipse cx="240" cy="178" rx="26" ry="6" fill="#efe2c8"/>
    <ellipse cx="240" cy="179" rx="21" ry="4" fill="#c98a36"/>
    <path d="M232 164q-6-9 0-17t0-17m15 34q-5-8 0-15" stroke="#fffaf0" stroke-width="3" fill="none" stroke-linecap="round"/>`,
  cups: `
    <rect width="320" height="240" fill="#d8dde2"/>
    <circle cx="160" cy="92" r="66" fill="#e9edef"/>
    <rect y="182" width="320" height="58" fill="#c3cad1"/>
    <ellipse cx="112" cy="201" rx="58" ry="8" fill="#a4aeb8"/>
    <ellipse cx="214" cy="208" rx="58" ry="8" fill="#a4aeb8"/>
    <path d="M62 124q0 72 50 74 50-2 50-74z" fill="#fbfaf6"/>
    <path d="M62 124q0 72 50 74-30-18-32-74z" fill="#e8e7e2"/>
    <ellipse cx="112" cy="124" rx="50" ry="11" fill="#efede6"/>
    <ellipse cx="112" cy="126" rx="42" ry="8" fill="#b8c49a"/>
    <path d="M164 134q0 70 50 72 50-2 50-72z" fill="#fffefb"/>
    <path d="M264 134q0 70-50 72 30-18 32-72z" fill="#eceae4"/>
    <ellipse cx="214" cy="134" rx="50" ry="11" fill="#f1efe9"/>
    <ellipse cx="214" cy="136" rx="42" ry="8" fill="#dcd9cf"/>
    <path d="M204 172q8-14 20-10m-14 4 4 8" stroke="#9fb2c6" stroke-width="2" fill="none" stroke-linecap="round"/>
    <path d="M104 108q-6-9 0-18t0-18m16 34q-5-8 0-16" stroke="#fff" stroke-width="3" fill="none" stroke-linecap="round"/>`,
  teapot: `
    <rect width="320" height="240" fill="#ead9cb"/>
    <path d="M0 150q160-60 320 0v90H0z" fill="#f2e6da"/>
    <rect y="190" width="320" height="50" fill="#d9bfab"/>
    <ellipse cx="156" cy="203" rx="86" ry="9" fill="#b3927a"/>
    <path d="M226 138q42-8 46-40l10 4q-2 52-54 66z" fill="#6b4331"/>
    <path d="M90 118q-40-4-38 30 2 28 42 30" stroke="#5a3728" stroke-width="12" fill="none" stroke-linecap="round"/>
    <path d="M82 148c0-44 32-62 76-62s76 18 76 62c0 34-26 54-46 54h-60c-20 0-46-20-46-54z" fill="#7d5039"/>
    <path d="M82 148c0-44 32-62 76-62-34 8-50 30-50 62 0 24 10 46 20 54-20 0-46-20-46-54z" fill="#6b4331"/>
    <path d="M88 122q70 28 141 0 4 10 5 22-24 10-40 4-12 26-20 4-40 6-58-4-8 20-16-2-10-2-18-6 1-10 6-18z" fill="#a9825a"/>
    <ellipse cx="158" cy="88" rx="42" ry="8" fill="#5a3728"/>
    <path d="M118 86q40-24 80 0-40 10-80 0z" fill="#8b5b42"/>
    <circle cx="158" cy="68" r="9" fill="#6b4331"/>
    <path d="M200 108q20 8 24 32" stroke="#b98f6c" stroke-width="4" fill="none" stroke-linecap="round"/>`,
  bowl: `
    <rect width="320" height="240" fill="#d5e2dc"/>
    <path d="M40 0h240q20 90-120 120Q20 90 40 0z" fill="#e1ebe6"/>
    <rect y="188" width="320" height="52" fill="#bfd1c9"/>
    <ellipse cx="160" cy="205" rx="60" ry="8" fill="#96b0a5"/>
    <path d="M130 192h60l4 12q-34 8-68 0z" fill="#6f9587"/>
    <path d="M66 106q10 82 72 92h44q62-10 72-92z" fill="#8fb5a6"/>
    <path d="M66 106q10 82 72 92h10q-48-22-52-92z" fill="#7ea697"/>
    <ellipse cx="160" cy="106" rx="94" ry="22" fill="#a9c8bb"/>
    <ellipse cx="160" cy="109" rx="84" ry="17" fill="#7ea697"/>
    <path d="M92 112q68 20 136 0-20 14-68 14t-68-14z" fill="#9bbfb0"/>
    <g stroke="#6c9485" stroke-width="1.800" fill="none" stroke-linecap="round"><path d="M160 190q-34-18-34-50 18-4 34 8 16-12 34-8 0 32-34 50z"/><path d="M160 190v-42m0 28-20-22m20 12-26-14m26 24 20-22m-20 12 26-14"/></g>
    <path d="M228 132q-6 26-22 42" stroke="#c3dbd1" stroke-width="4" fill="none" stroke-linecap="round"/>`,
  gift: `
    <rect width="320" height="240" fill="#eedfe0"/>
    <circle cx="160" cy="112" r="88" fill="#f5ebea"/>
    <rect y="190" width="320" height="50" fill="#dcc3c5"/>
    <ellipse cx="160" cy="203" rx="92" ry="9" fill="#b99a9e"/>
    <path d="M78 112h164v88q-82 10-164 0z" fill="#8c4a5c"/>
    <path d="M78 112h56v91q-30-1-56-3z" fill="#31586b"/>
    <path d="M134 112h52v46h-52z" fill="#d9a441"/>
    <path d="M186 112h56v30h-56z" fill="#3f7a68"/>
    <path d="M186 142h56v58q-30 4-56 5z" fill="#a85a4a"/>
    <path d="M134 158h52v47q-26 1-52-1z" fill="#ece2d0"/>
    <path d="M78 112q82-16 164 0-82 14-164 0z" fill="#a86074"/>
    <path d="M160 110q-52-4-64-34 38-14 64 30zm0 0q52-4 64-34-38-14-64 30z" fill="#bd7487"/>
    <path d="M160 108q-34-2-46-22m46 22q34-2 46-22" stroke="#8c4a5c" stroke-width="2" fill="none"/>
    <path d="M160 106q-22-30-4-56 24 22 4 56z" fill="#c98a99"/>
    <rect x="146" y="98" width="28" height="19" rx="8" fill="#8c4a5c"/>
    <path d="M134 112v92m52-92v93m0-63h56m-108 16h52" stroke="#fff" stroke-opacity=".35" stroke-width="1.500" stroke-dasharray="4 4" fill="none"/>`,
  bottle: `
    <rect width="320" height="240" fill="#dfe5d6"/>
    <circle cx="214" cy="84" r="58" fill="#eef1e4"/>
    <rect y="188" width="320" height="52" fill="#c8d1b8"/>
    <ellipse cx="142" cy="203" rx="58" ry="8" fill="#a5b191"/>
    <path d="M126 44h28v40q30 14 30 44v70q-44 10-88 0v-70q0-30 30-44z" fill="#4a6a4c"/>
    <path d="M126 44h10v44q-24 16-22 44v70q-10-1-18-4v-70q0-30 30-44z" fill="#3d5a40"/>
    <rect x="122" y="34" width="36" height="18" rx="4" fill="#8a5a3a"/>
    <path d="M124 84q16 7 32 0" stroke="#c9a36b" stroke-width="4" fill="none"/>
    <rect x="110" y="132" width="60" height="50" rx="2" fill="#f4efdf"/>
    <path d="M140 176v-36m0 8-12-8m12 8 12-8m-12 18-14-8m14 8 14-8m-14 18-12-8m12 8 12-8" stroke="#557a4a" stroke-width="2" fill="none" stroke-linecap="round"/>
    <path d="M212 176q2 26 20 26t20-26z" fill="#fbf8ee"/>
    <ellipse cx="232" cy="176" rx="20" ry="5" fill="#eee8d6"/>
    <ellipse cx="232" cy="177" rx="16" ry="3.500" fill="#d9d08f"/>
    <g stroke="#6a8a55" stroke-width="2.500" stroke-linecap="round" fill="none"><path d="M54 196q12-22 34-26"/><path d="M60 188l-10-8m18 0-8-10m17 4-4-12"/></g>`,
  logo: `
    <circle cx="24" cy="24" r="24" fill="#35594b"/>
    <path d="M12 23h24q0 14-12 14T12 23z" fill="#f7f2e7"/>
    <path d="M20 18q-3-4 0-7m8 7q-3-4 0-7" stroke="#e9b98d" stroke-width="2.500" fill="none" stroke-linecap="round"/>`,
} as const

export type PictureName = Exclude<keyof typeof drawings, 'logo'>

/** The picture adds nothing to the product's name beside it, so screen readers skip it. */
export function picture(name: PictureName) {
  return raw(
    `<svg class="picture" viewBox="0 0 320 240" aria-hidden="true" focusable="false">${drawings[name]}</svg>`,
  )
}

export function logo() {
  return raw(
    `<svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">${drawings.logo}</svg>`,
  )
}
