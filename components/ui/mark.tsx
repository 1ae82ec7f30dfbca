/** The product's mark: six around one. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <g fill="currentColor">
        <circle cx="10" cy="3.4" r="1.5" />
        <circle cx="15.7" cy="6.7" r="2" />
        <circle cx="15.7" cy="13.3" r="1.5" />
        <circle cx="10" cy="16.6" r="2" />
        <circle cx="4.3" cy="13.3" r="1.5" />
        <circle cx="4.3" cy="6.7" r="2" />
      </g>
      <circle cx="10" cy="10" r="2.4" fill="var(--a-fill)" />
    </svg>
  );
}
