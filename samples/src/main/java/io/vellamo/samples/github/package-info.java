/**
 * Public events of GitHub, and where ten thousand of them are.
 *
 * <p>Read first: {@link io.vellamo.samples.github.GitHubEvent}, {@link
 * io.vellamo.samples.github.BundledEvents}.
 */
@NullMarked
package io.vellamo.samples.github;

import org.jspecify.annotations.NullMarked;
