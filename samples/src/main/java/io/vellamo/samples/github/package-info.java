/**
 * Public events of GitHub, ten thousand of them bundled.
 *
 * <p>Read first: {@link io.vellamo.samples.github.GitHubEvent}, {@link
 * io.vellamo.samples.github.BundledEvents}.
 */
@NullMarked
package io.vellamo.samples.github;

import org.jspecify.annotations.NullMarked;
