"use client";

import "./globals.css";

/** The frame itself failed: the plainest page there is, without theme, fonts or scripts of its own. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="blank">
          <h1 className="big">The console did not come together</h1>
          <p className="x2">
            Nothing you did was lost. {error.digest && `The server’s log has the cause under ${error.digest}.`}
          </p>
          <div className="blank__a">
            <button className="btn" type="button" onClick={reset}>
              Try now
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
