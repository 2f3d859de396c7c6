import type { Language } from "./language.ts";

/** Chinese in simplified characters (zh, zh-CN, zh-SG); shoppers are 您. */
export const zhHans: Language = {
  because: {
    continueCategory: "因为您上次浏览了{category}。",
    "resume.cart": "因为这些商品还在您的购物车里。",
    "resume.list": "因为您把这些商品加入了清单。",
    "prefill.size": "因为您之前选过尺码{size}。",
    "prefill.filters": "因为您搜索过三次{size}。",
    "prefill.store": "因为您选择了这家门店。",
    message: "来自商店的消息。",
    value: "由商店的规则设定。",
    reorder: "因为您以前买过这些商品。",
    recommend: "因为看过{product}的人也看了这些。",
    availability: "因为您浏览过{product}。{store}的库存盘点时间：{time}。",
    echoCreative: "因为您是从这则广告进来的。",
    survey: "商店会询问部分访客。您的回答会保存下来，用于商店的统计。",
    identifyPrompt: "因为您尚未登录。此处不收集任何信息。",
    "screen.recent": "因为您浏览过{product}。",
    "screen.cart": "因为这些商品还在您的购物车里。",
    "screen.usualSize": "因为您之前选过尺码{size}。",
  },
  words: {
    change: "更改",
    suggest: "您常选的尺码：{size}。",
    take: "选择{size}",
    ask: "是给谁买的？",
    clear: "清除",
    send: "提交",
    dismiss: "不用了，谢谢",
    thanks: "感谢您的回答。",
  },
};
