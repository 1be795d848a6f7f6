/**
 * A sink that sends rows to an HTTP endpoint as JSON.
 *
 * <p>Start with {@link io.vellamo.webhook.Webhook}, {@link io.vellamo.webhook.WebhookSink}, {@link
 * io.vellamo.webhook.RejectedRow}.
 */
@NullMarked
package io.vellamo.webhook;

import org.jspecify.annotations.NullMarked;
