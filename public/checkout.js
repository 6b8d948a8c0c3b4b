/* The shopper's page, live (docs/decisions/0004): complete without this file. ES2017, depends on nothing, only loads documents. */
(() => {
  const main = document.querySelector("main[data-view]");
  if (!main) return;
  const token = main.getAttribute("data-token");
  const home = token ? `/pay/${token}` : null;
  const aside = /[?&](?:choose|ask)=[\w.]+/.exec(location.search);

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  function byId(id) {
    return document.getElementById(id);
  }
  function say(id, words) {
    const place = byId(id);
    if (place) place.textContent = words;
  }
  // Private windows may refuse storage.
  const memory = {};
  function once(key) {
    try {
      if (sessionStorage.getItem(key)) return false;
      sessionStorage.setItem(key, "1");
    } catch (_) {
      if (memory[key]) return false;
      memory[key] = 1;
    }
    return true;
  }

  /* An iPad, or a phone asked for the desktop's page: drawn anew, once. */
  if (
    main.getAttribute("data-browser") === "desktop" &&
    navigator.maxTouchPoints > 1 &&
    /Macintosh|X11; Linux/.test(navigator.userAgent) &&
    once("touch")
  ) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is Chrome's, and the iPad is who this is for
    document.cookie = "touch=1;path=/;max-age=2592000;samesite=lax";
    // Chromium writes a cookie when it gets to it: reading it waits until it is there for the reload.
    if (/touch=1/.test(document.cookie)) return location.reload();
  }

  /* In a shop's own page (lib/embed). */
  const embedded = window.name === "shouyin" && window.parent !== window;
  let tell = () => {};
  if (embedded) {
    const listed = (document.body.getAttribute("data-framers") || "").split(" ");
    each("a[href^=http],form[action^=http]", (one) => {
      one.target = "_top";
    });
    window.addEventListener("message", ({ data, origin, source }) => {
      const local = /^http:\/\/localhost(:\d+)?$/.test(origin) ? "http://localhost:*" : origin;
      if (source !== window.parent || !data || typeof data.shouyin !== "string") return;
      if (origin !== location.origin && listed.indexOf(local) < 0) return;
      tell = (type, more) => {
        source.postMessage(Object.assign({ shouyin: data.shouyin, type }, more), origin);
      };
      tell("state", {
        state: main.getAttribute("data-view"),
        order: main.getAttribute("data-order"),
        hint: /^paid/.test(main.getAttribute("data-detail")) ? "succeeded" : null,
        top: home && document.querySelector("[data-go],.gateway-frame") ? `${home}?go=1` : null,
      });
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") tell("close");
    });
  }

  /* Address: what was said once is not said again by a reload. (The shop's own address, /desk, stays as it is.) -------- */
  if (
    !embedded &&
    main.getAttribute("data-view") !== "desk" &&
    /[?&](go|asked|problem|lang|openid)=/.test(location.search) &&
    history.replaceState
  )
    history.replaceState(history.state, "", location.pathname + (aside ? `?${aside[0].slice(1)}` : ""));
  const problem = byId("problem");
  const wrong = document.querySelector(".input[aria-invalid]") || problem;
  if (wrong) wrong.focus();

  /* Copy and print. */
  function legacyCopy(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    area.setSelectionRange(0, text.length);
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (_) {}
    document.body.removeChild(area);
    return done;
  }
  each("[data-copy]", (button) => {
    const words = button.textContent;
    button.addEventListener("click", () => {
      const text = button.getAttribute("data-copy");
      function copied() {
        button.textContent = button.getAttribute("data-done");
        say("announce", button.textContent);
        setTimeout(() => {
          button.textContent = words;
        }, 2000);
      }
      function fallback() {
        if (legacyCopy(text)) copied();
        button.focus();
      }
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(copied, fallback);
      else fallback();
    });
  });
  each("[data-print]", (button) => {
    button.addEventListener("click", () => {
      window.print();
    });
  });
  each("[data-leave]", (button) => {
    button.addEventListener("click", () => {
      history.back();
    });
  });

  /* Numbers in groups of four. */
  each("[data-grouped]", (input) => {
    input.addEventListener("input", () => {
      const typed = input.value;
      const behind = typed.slice(0, input.selectionStart).replace(/\D/g, "").length;
      const grouped = typed.replace(/\D/g, "").replace(/(\d{4})(?=\d)/g, "$1 ");
      if (grouped === typed) return;
      input.value = grouped;
      const caret = behind + Math.floor(Math.max(0, behind - 1) / 4);
      input.setSelectionRange(caret, caret);
    });
    // What was typed is not brought back by the browser's memory of this page.
    window.addEventListener("pageshow", () => {
      input.value = "";
    });
  });

  /* What fits alone is submitted by itself: once, and only while somebody looks. */
  each("form[data-auto]", (form) => {
    function submit() {
      if (document.hidden || aside) return;
      document.removeEventListener("visibilitychange", submit);
      if (once(`auto ${form.getAttribute("data-auto")}`)) form.querySelector("button").click();
    }
    document.addEventListener("visibilitychange", submit);
    submit();
  });
  if (!home) return;

  /* News: a different state means a new document. */
  const drawn = main.getAttribute("data-state");
  const ended = /^(paid|expired|cancelled)$/;
  let leaving = false;
  let told = false;
  function hear(status) {
    if (!status) return;
    sync(status.secondsLeft);
    if (status.shopTold) told = true;
    // A form or a jump on its way leads to the news itself; loading now would cut it off.
    if (leaving || document.documentElement.hasAttribute("data-busy")) return;
    const now = `${status.view} ${status.detail} ${status.sequence}`;
    if (now === drawn) return;
    if (aside && !ended.test(status.view)) return;
    // Loading now would end on the browser's own error page.
    if (navigator.onLine === false) return;
    // If the very state we reloaded for still looks different, reloading again would never end.
    if (!once(`seen ${token} ${drawn} > ${now}`)) return;
    leaving = true;
    try {
      sessionStorage.setItem(`focus ${token}`, "1");
    } catch (_) {}
    location.replace(home);
  }
  function leave(go) {
    leaving = true;
    go();
  }
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  try {
    if (sessionStorage.getItem(`focus ${token}`)) {
      sessionStorage.removeItem(`focus ${token}`);
      if (!problem && byId("state")) byId("state").focus();
    }
  } catch (_) {}

  const WAITS = [2, 2, 2, 2, 2, 5, 5, 5, 5, 5, 5, 10];
  let polls = 0;
  let timer = 0;
  let source = null;
  let asked = null;
  function ask() {
    clearTimeout(timer);
    if (leaving || document.hidden || asked) return;
    const request = new XMLHttpRequest();
    asked = request;
    request.open("GET", `${home}/status`);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 8000;
    request.onload = () => {
      if (request.status !== 200) return;
      try {
        hear(JSON.parse(request.responseText));
      } catch (_) {}
    };
    request.onloadend = () => {
      asked = null;
      // With a stream open, polling is only a net under it.
      const streaming = source && source.readyState === 1;
      const seconds = streaming ? 20 : WAITS[Math.min(polls++, WAITS.length - 1)];
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(ask, seconds * 1000);
    };
    request.send();
  }
  function listen() {
    if (source || !window.EventSource || document.hidden) return;
    source = new EventSource(`${home}/events`);
    source.addEventListener("status", (event) => {
      try {
        hear(JSON.parse(event.data));
      } catch (_) {}
    });
    source.onerror = () => {
      // A closed stream (the server is gone, a proxy ate it) leaves polling; one that reconnects by itself is left alone.
      if (source && source.readyState === 2) source = null;
    };
  }
  function hush() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }
  function wake() {
    if (document.hidden) return hush();
    polls = 0;
    listen();
    ask();
  }
  const view = drawn.split(" ")[0];
  if (view !== "paid" && view !== "cancelled") {
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", wake);
    // What was asked over the connection that is gone may hang for seconds: it is asked anew.
    window.addEventListener("online", () => {
      hush();
      if (asked) asked.abort();
      wake();
    });
    window.addEventListener("pagehide", hush);
    if (document.readyState === "complete") wake();
  }
  function offline() {
    const place = byId("offline");
    if (place) place.textContent = navigator.onLine === false ? place.getAttribute("data-words") : "";
  }
  window.addEventListener("online", offline);
  window.addEventListener("offline", offline);
  offline();

  /* Countdown: from the server's remaining seconds by a clock that cannot be set. */
  const clock = document.querySelector("[data-seconds]");
  let endsAt = 0;
  function tick() {
    return window.performance && performance.now ? performance.now() : Date.now();
  }
  function sync(seconds) {
    if (typeof seconds === "number") endsAt = tick() + seconds * 1000;
  }
  function two(value) {
    return (value < 10 ? "0" : "") + value;
  }
  if (clock) {
    const total = Number(clock.getAttribute("data-total"));
    const sayings = JSON.parse(clock.getAttribute("data-say"));
    const words = clock.querySelector(".time-left");
    const ring = clock.querySelector(".ring-left");
    let last = Number(clock.getAttribute("data-seconds"));
    sync(last);
    setInterval(() => {
      const left = Math.max(0, Math.ceil((endsAt - tick()) / 1000));
      if (left === last) return;
      for (const at in sayings) if (last > at && left <= at) say("announce", sayings[at]);
      const hours = Math.floor(left / 3600);
      words.textContent = `${(hours ? `${hours}:` : "") + two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
      ring.setAttribute("stroke-dasharray", `${Math.min(100, (100 * left) / total)} 100`);
      if (left <= 60) clock.setAttribute("data-urgent", "");
      if (left === 0 && last > 0) {
        polls = 0;
        setTimeout(ask, 600);
      }
      last = left;
    }, 250);
  }

  /* Bridges: inside WeChat and Alipay the wallet itself takes the payment (seeds/000 §4.1, third step). */
  function field(answer, name) {
    // biome-ignore lint/complexity/useOptionalChain: ES2020, and this file is for older web-views
    return String((answer && answer[name]) || "");
  }
  const BRIDGES = {
    wechat: {
      name: "WeixinJSBridge",
      ready: "WeixinJSBridgeReady",
      pay: (bridge, params, done) => {
        bridge.invoke("getBrandWCPayRequest", params, (answer) => {
          const word = field(answer, "err_msg").split(":")[1];
          done(word === "ok" ? "ok" : word === "cancel" ? "cancelled" : "failed");
        });
      },
    },
    alipay: {
      name: "AlipayJSBridge",
      ready: "AlipayJSBridgeReady",
      pay: (bridge, params, done) => {
        bridge.call("tradePay", params, (answer) => {
          const code = field(answer, "resultCode");
          done(code === "9000" || code === "8000" || code === "6004" ? "ok" : code === "6001" ? "cancelled" : "failed");
        });
      },
    },
  };
  each("[data-jsapi]", (button) => {
    const bridge = BRIDGES[button.getAttribute("data-jsapi")];
    let busy = false;
    function done(outcome) {
      busy = false;
      button.disabled = false;
      if (outcome !== "ok") return say("jsapi-note", button.getAttribute(`data-${outcome}`));
      // The wallet's word is not believed: "I have paid" asks the gateway.
      const form = document.querySelector("[data-paid-form]");
      if (form)
        leave(() => {
          HTMLFormElement.prototype.submit.call(form);
        });
    }
    function pay() {
      if (busy || !bridge) return;
      busy = true;
      button.disabled = true;
      say("jsapi-note", button.getAttribute("data-opening"));
      let settled = false;
      function go() {
        if (settled) return;
        settled = true;
        bridge.pay(window[bridge.name], JSON.parse(button.getAttribute("data-params")), done);
      }
      if (window[bridge.name]) return go();
      document.addEventListener(bridge.ready, go);
      setTimeout(() => {
        if (settled) return;
        settled = true;
        done("outside");
      }, 6000);
    }
    button.addEventListener("click", pay);
    if (button.hasAttribute("data-go") && once(`go ${button.getAttribute("data-go")}`)) pay();
  });

  /* Jumps: to the wallet once, right after the start; the only method of this browser once an order. */
  each("a[data-go]", (link) => {
    if (!embedded && once(`go ${link.getAttribute("data-go")}`))
      leave(() => {
        location.assign(link.href);
      });
  });
  each("form[data-go]", (form) => {
    if (!embedded && once(`go ${form.getAttribute("data-go")}`))
      leave(() => {
        HTMLFormElement.prototype.submit.call(form);
      });
  });

  /* Paid: back to the shop when it has heard of it, not before three seconds, nor after fifteen; or never, if told so. - */
  const handoff = document.querySelector("[data-handoff]");
  if (handoff && once(`handoff ${token}`)) {
    const from = tick();
    told = handoff.hasAttribute("data-told");
    if (!told) setTimeout(ask, 1000);
    const watch = setInterval(() => {
      const waited = tick() - from;
      if (document.hidden || leaving || waited < 3000 || !(told || waited > 15000)) return;
      stop();
      const shop = handoff.getAttribute("data-handoff");
      if (embedded) return tell("done", { url: shop });
      leave(() => {
        location.assign(shop);
      });
    }, 250);
    function stop() {
      clearInterval(watch);
      hush();
      handoff.setAttribute("data-off", "");
    }
    // Whoever does anything here wants to stay.
    main.addEventListener("click", stop);
    window.addEventListener("beforeprint", stop);
  } else if (handoff) handoff.setAttribute("data-off", "");
})();
