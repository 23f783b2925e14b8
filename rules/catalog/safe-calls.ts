/**
 * Calls whose promise may be left alone by contract: somebody else waits for it, or it never rejects. Sources: the
 * documentation of each package.
 */

/** Modules of which no function wants to be awaited: test runners that run what they are given, and wait for it. */
export const SAFE_MODULES: ReadonlySet<string> = new Set(['tap', 'test']);

/** Methods of types that a runtime declares for all files, from a package or generated. */
export const SAFE_METHODS: ReadonlySet<string> = new Set([
  // Resets the object when the callback throws; constructors cannot wait for it.
  'DurableObjectState.blockConcurrencyWhile',
]);

/** Single functions, `module#name`. */
export const SAFE_CALLS: ReadonlySet<string> = new Set([
  // These resolve when the queries fail, too, unless `throwOnError` is set.
  '@tanstack/query-core#QueryClient.invalidateQueries',
  '@tanstack/query-core#QueryClient.prefetchInfiniteQuery',
  '@tanstack/query-core#QueryClient.prefetchQuery',
  '@tanstack/query-core#QueryClient.refetchQueries',
  '@tanstack/query-core#QueryClient.resetQueries',
  '@tanstack/query-core#InfiniteQueryObserverBaseResult.fetchNextPage',
  '@tanstack/query-core#InfiniteQueryObserverBaseResult.fetchPreviousPage',
  '@tanstack/query-core#QueryObserverBaseResult.refetch',
  // These call them.
  '@trpc/react-query#invalidate',
  '@trpc/react-query#prefetch',
  '@trpc/react-query#prefetchInfinite',
  '@trpc/react-query#refetch',
  '@trpc/react-query#reset',
  // These reject only where the validation of the form itself throws.
  'formik#setFieldTouched',
  'formik#setFieldValue',
  'formik#setTouched',
  'formik#setValues',
  'formik#FormikHelpers.setFieldTouched',
  'formik#FormikHelpers.setFieldValue',
  'formik#FormikHelpers.setTouched',
  'formik#FormikHelpers.setValues',
  // The thread is told to stop at once; the promise only tells when it has, and never rejects.
  'worker_threads#Worker.terminate',
  // These are over at once, unless an adapter keeps the rooms elsewhere.
  'socket.io#Socket.join',
  'socket.io#Socket.leave',
]);

/** What gives a promise of what its callback gives, and is over at once where that is none; `module#name`. */
export const CALLBACK_RUNNERS: ReadonlySet<string> = new Set([
  '@testing-library/react#act',
  '@testing-library/react-native#act',
  'preact/test-utils#act',
  'react#act',
  'react-dom/test-utils#act',
  'react-test-renderer#act',
]);
