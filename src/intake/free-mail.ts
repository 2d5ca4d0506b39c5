/**
 * Mail providers where a domain says nothing about the employer. The commonest by public statistics of sign-up forms,
 * plus the national ones of the languages that the labels cover.
 */
export const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.co.uk hotmail.de
   hotmail.fr hotmail.es hotmail.it live.com live.co.uk live.de live.fr live.nl msn.com windowslive.com passport.com
   yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.com.br yahoo.co.in yahoo.co.jp yahoo.com.mx
   ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me
   tutanota.com tutanota.de tuta.io tuta.com tutamail.com hey.com fastmail.com fastmail.fm zohomail.com zoho.com mail.com
   email.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de freenet.de t-online.de arcor.de posteo.de mailbox.org
   bluewin.ch orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it tiscali.it alice.it
   terra.es telefonica.net ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl telenet.be skynet.be
   btinternet.com sky.com talktalk.net virginmedia.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
   charter.net shaw.ca rogers.com bigpond.com optusnet.com.au uol.com.br bol.com.br terra.com.br wp.pl o2.pl onet.pl
   interia.pl seznam.cz mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com rambler.ru ukr.net qq.com 163.com 126.com
   sina.com foxmail.com naver.com daum.net hanmail.net rediffmail.com`.split(/\s+/),
);
