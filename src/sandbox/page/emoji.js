import { html } from './html.js';

/** Names as Slack writes them; those of the sales trade and the usual ones. */
const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|pray 🙏|raised_hands 🙌|muscle 💪|ok_hand 👌|point_right 👉
point_left 👈|point_up ☝️|point_down 👇|eyes 👀|handshake 🤝|writing_hand ✍️|raised_hand ✋|v ✌️|smile 😄|grinning 😀
slightly_smiling_face 🙂|blush 😊|joy 😂|wink 😉|thinking_face 🤔|sob 😭|cry 😢|sweat_smile 😅|sunglasses 😎|heart_eyes 😍
neutral_face 😐|confused 😕|disappointed 😞|partying_face 🥳|shrug 🤷|see_no_evil 🙈|heart ❤️|broken_heart 💔|tada 🎉
confetti_ball 🎊|fire 🔥|sparkles ✨|star ⭐|star2 🌟|zap ⚡|rocket 🚀|trophy 🏆|first_place_medal 🥇|medal 🏅|dart 🎯
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|no_entry ⛔
no_entry_sign 🚫|warning ⚠️|exclamation ❗|question ❓|grey_question ❔|bangbang ‼️|information_source ℹ️|bulb 💡|bell 🔔
no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|phone ☎️|telephone_receiver 📞|calling 📲|iphone 📱|email 📧|e-mail 📧
envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|mailbox 📫|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋
calendar 📅|date 📅|spiral_calendar_pad 🗓️|alarm_clock ⏰|clock1 🕐|clock9 🕘|stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛
hourglass_flowing_sand ⏳|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|link 🔗|paperclip 📎
pushpin 📌|round_pushpin 📍|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️|package 📦
file_folder 📁|open_file_folder 📂|page_facing_up 📄|newspaper 📰|books 📚|label 🏷️|moneybag 💰|money_with_wings 💸
credit_card 💳|office 🏢|house 🏠|factory 🏭|globe_with_meridians 🌐|earth_africa 🌍|busts_in_silhouette 👥
bust_in_silhouette 👤|robot_face 🤖|ghost 👻|skull 💀|cherries 🍒|coffee ☕|beer 🍺|pizza 🍕|cake 🍰|seedling 🌱|herb 🌿
four_leaf_clover 🍀|sunny ☀️|sunrise 🌅|cloud ☁️|snowflake ❄️|rainbow 🌈|palm_tree 🌴|airplane ✈️|beach_with_umbrella 🏖️
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪
black_circle ⚫|large_green_square 🟩|large_yellow_square 🟨|large_red_square 🟥|small_blue_diamond 🔹|arrow_right ➡️
arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_right_hook ↪️|leftwards_arrow_with_hook ↩️|arrows_counterclockwise 🔄|repeat 🔁
twisted_rightwards_arrows 🔀|fast_forward ⏩|heavy_plus_sign ➕|heavy_minus_sign ➖|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣
zzz 💤|sleeping 😴|mute 🔇|recycle ♻️|wastebasket 🗑️|soon 🔜|new 🆕|checkered_flag 🏁|triangular_flag_on_post 🚩|traffic_light 🚦
rotating_light 🚨|construction 🚧|test_tube 🧪|microscope 🔬|puzzle_piece 🧩|gift 🎁|crystal_ball 🔮|scales ⚖️|compass 🧭`;

const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' ')),
);

/** One emoji by its Slack name; an unknown name stays readable as `:name:`. */
export function Emoji({ name }) {
  const known = EMOJI.get(name);
  return known ? html`<span role="img" aria-label=${name} title=${`:${name}:`}>${known}</span>` : `:${name}:`;
}

/** Replaces emoji names in plain text, where no markup is wanted. */
export const emojiText = (text = '') =>
  text.replace(/:([\w+-]+):/g, (whole, name) => EMOJI.get(name) ?? whole);
