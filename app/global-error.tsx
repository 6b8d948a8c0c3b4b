"use client"; // Next requires it of error boundaries; it is the last resort, pages catch what they expect themselves.

/**
 * A bug reached the top. Says so in all three languages, since nothing about the request can be trusted here;
 * without a style sheet, because Next would load it before every page of the whole site.
 */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main data-view="error">
          <h1>Something broke on our side</h1>
          <p>If you have paid already, do not pay again: your payment is found by itself.</p>
          <p lang="zh-CN">我们这边出了点问题。如果您已经付款，请勿重复付款，系统会自动查到。</p>
          <p lang="zh-HK">我們的系統出現問題。如你已經付款，請勿重複付款，系統會自動查到。</p>
          <a href="?">Reload · 重新加载 · 重新載入</a>
        </main>
      </body>
    </html>
  );
}
