/**
 * The content security policy of one page (CSP level 3): scripts and styles run by this page's nonce, nothing inline,
 * nothing from elsewhere. Development alone needs `eval`, for the stack traces of React.
 */
export function contentSecurityPolicy(nonce: string, options: { isDevelopment: boolean }): string {
  const evaluation = options.isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
