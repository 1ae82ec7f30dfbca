const quiet = 4;

/** A QR code from its modules, dark on white in both themes, with the quiet zone that scanners need. */
export function QrCode({ matrix, label }: { matrix: readonly (readonly boolean[])[]; label: string }) {
  const size = matrix.length + quiet * 2;
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="currentColor" d={pathOf(matrix)} />
    </svg>
  );
}

/** One rectangle for each run of dark modules. */
function pathOf(matrix: readonly (readonly boolean[])[]): string {
  let path = "";
  matrix.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      path += `M${start + quiet} ${y + quiet}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  });
  return path;
}
