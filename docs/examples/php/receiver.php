<?php
// WEBHOOK_SECRET=whsec_… php -S localhost:8787 docs/examples/php/receiver.php
declare(strict_types=1);

const TOLERANCE_SECONDS = 300;

/**
 * The message of a genuine webhook, or null. $body is the request's body as it arrived: decoding and encoding it again would
 * change it. $secrets: one, or several while one is being replaced.
 */
function verify(string $body, string $id, string $timestamp, string $signatures, array $secrets): ?array
{
    if (!preg_match('/^\d+$/D', $timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return null;
    }
    foreach ($secrets as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach (explode(' ', $signatures) as $given) {
            if (hash_equals($expected, $given)) {
                return json_decode($body, true, 64, JSON_THROW_ON_ERROR);
            }
        }
    }
    return null;
}

$secrets = array_filter(explode(' ', getenv('WEBHOOK_SECRET') ?: ''));
if ($secrets === []) {
    throw new RuntimeException('WEBHOOK_SECRET is missing');
}
$message = verify(
    file_get_contents('php://input', false, null, 0, 1_000_000),
    $_SERVER['HTTP_WEBHOOK_ID'] ?? '',
    $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '',
    $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '',
    $secrets,
);
if ($message === null) {
    http_response_code(400);
    exit("not genuine\n");
}
// Until it is kept: a script that fails in the middle must not answer 200, as PHP does where display_errors is on.
http_response_code(500);
// The same webhook-id may come again: keep those you have handled, and handle each once.
$order = $message['data']['order'] ?? [];
error_log(implode(' ', [$message['type'], $order['id'] ?? '', $order['amount'] ?? '', $order['currency'] ?? '']));
// order.paid: keep that the goods are to be delivered, once, if amount and currency are what you asked for.
// Only now: what is answered is not sent again, so answer when it is kept.
http_response_code(204);
