/** Names under which frameworks look for async functions in a module or a class, whatever these do. */
export const FRAMEWORK_HOOKS: ReadonlySet<string> = new Set(
  // Next, Remix, React Router, SvelteKit, Astro, Nuxt
  (
    'getServerSideProps getStaticProps getStaticPaths generateMetadata generateStaticParams generateViewport ' +
    'generateImageMetadata generateSitemaps getInitialProps middleware proxy register instrumentation ' +
    'loader action clientLoader clientAction load actions entries handle handleError handleFetch ' +
    'GET POST PUT PATCH DELETE HEAD OPTIONS ALL fallback ' +
    // servers, functions in the cloud, workers
    'handler main fetch scheduled queue email tail alarm ' +
    // migrations, seeds
    'up down seed ' +
    // Nest, lifecycles in general
    'onModuleInit onModuleDestroy onApplicationBootstrap onApplicationShutdown beforeApplicationShutdown ' +
    'canActivate intercept transform validate catch use ' +
    // plugins and test runners, extensions of editors
    'activate deactivate setup teardown globalSetup globalTeardown init install apply execute run default'
  ).split(' '),
);
