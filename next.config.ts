import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  devIndicators: false,
  agentRules: false,
  /** Native modules and what loads files of its own stay outside the bundles. */
  serverExternalPackages: ["better-sqlite3", "@node-rs/argon2", "pino"],
  /** No optimizer: pictures are small, and its endpoint would fetch and decode what strangers name. */
  images: { unoptimized: true },
  /** `npm run verify` checks types, once. */
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  experimental: {
    agentUpgrade: false,
    proxyClientMaxBodySize: "1mb",
  },
};

export default config;
