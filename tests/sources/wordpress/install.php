<?php
// Makes the database, WordPress in it, and an editor with an application password; all of it once.
$folder = getenv('PORTAL_WORDPRESS_FOLDER');
mysqli_report(MYSQLI_REPORT_OFF);
$deadline = time() + 120;
do {
    $database = @mysqli_connect('localhost', 'root', '', '', 0, "$folder/database.sock");
    if (!$database && time() > $deadline) {
        fwrite(STDERR, 'the database does not start: ' . file_get_contents("$folder/database.log"));
        exit(1);
    }
    $database || usleep(50_000);
} while (!$database);
$database->query('CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4');
if (file_exists("$folder/token")) {
    exit(0);
}
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1:' . getenv('PORTAL_WORDPRESS_PORT'), 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require "$folder/web/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
if (!is_blog_installed()) {
    wp_install('Newsroom', 'admin', 'admin@newsroom.example', true, '', bin2hex(random_bytes(16)));
}
// The post and the page that every WordPress begins with.
foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $post) {
    wp_delete_post($post->ID, true);
}
update_option('permalink_structure', '/%postname%/');
update_option('timezone_string', 'Asia/Ho_Chi_Minh');
$login = bin2hex(random_bytes(8));
$editor = username_exists('an') ?: wp_insert_user(['user_login' => 'an', 'user_pass' => $login, 'user_email' => 'an@newsroom.example', 'display_name' => 'An', 'role' => 'editor']);
foreach (['vi', 'en', 'ko'] as $language) {
    term_exists($language, 'language') || wp_insert_term($language, 'language', ['slug' => $language]);
}
wp_set_password($login, $editor);
file_put_contents("$folder/password", "$login\n");
$password = WP_Application_Passwords::create_new_application_password($editor, ['name' => 'site sync'])[0];
file_put_contents("$folder/token.new", "an:$password");
rename("$folder/token.new", "$folder/token");
