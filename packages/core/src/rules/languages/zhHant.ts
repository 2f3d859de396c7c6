import type { Language } from "./language.ts";

/** Chinese in traditional characters (zh-TW, zh-HK, zh-MO); shoppers are 您. */
export const zhHant: Language = {
  because: {
    continueCategory: "因為您上次瀏覽了{category}。",
    "resume.cart": "因為這些商品還在您的購物車裡。",
    "resume.list": "因為您把這些商品加入了清單。",
    "prefill.size": "因為您之前選過尺碼{size}。",
    "prefill.filters": "因為您搜尋過三次{size}。",
    "prefill.store": "因為您選擇了這家門市。",
    message: "來自商店的訊息。",
    value: "由商店的規則設定。",
    reorder: "因為您以前買過這些商品。",
    recommend: "因為看過{product}的人也看了這些。",
    availability: "因為您瀏覽過{product}。{store}的庫存盤點時間：{time}。",
    echoCreative: "因為您是從這則廣告進來的。",
    survey: "商店會詢問部分訪客。您的回答會保存下來，用於商店的統計。",
    identifyPrompt: "因為您尚未登入。此處不收集任何資訊。",
    "screen.recent": "因為您瀏覽過{product}。",
    "screen.cart": "因為這些商品還在您的購物車裡。",
    "screen.usualSize": "因為您之前選過尺碼{size}。",
  },
  words: {
    change: "變更",
    suggest: "您常選的尺碼：{size}。",
    take: "選擇{size}",
    ask: "是買給誰的？",
    clear: "清除",
    send: "送出",
    dismiss: "不用了，謝謝",
    thanks: "感謝您的回答。",
  },
};
